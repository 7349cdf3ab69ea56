"""Meeting mode on the map: what is shown in large type, and arrow keys from layer to layer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import streamlit as st

from geo import layers
from geo.view import View
from pages import frame

_HERE = Path(__file__).parent
_MARKUP = """
<div class="steps">
  <button type="button" class="back" aria-label="Layer before">◀</button>
  <div class="words">
    <p class="shown" role="status" aria-live="polite"></p>
    <p class="how">The arrow keys ← → change the layer.</p>
  </div>
  <button type="button" class="on" aria-label="Next layer">▶</button>
</div>
"""
_STYLE = """
.steps { display: flex; align-items: center; gap: .75rem; }
.words { flex: 1; min-width: 0; overflow-wrap: anywhere; }
.shown { margin: 0; font-size: clamp(1.15rem, 4.5vw, 1.7rem); font-weight: 700; line-height: 1.2; }
.how { margin: 0; font-size: .9rem; }
button { font: inherit; font-size: 1.2rem; min-width: 3rem; min-height: 3rem; cursor: pointer;
  color: var(--st-text-color); background: var(--st-background-color);
  border: 2px solid var(--st-text-color); border-radius: .5rem; }
:focus-visible { outline: 3px solid #0b0c0c; box-shadow: 0 0 0 6px #ffdd00; }
"""
_SCRIPT = (_HERE / "meeting.js").read_text(encoding="utf-8")
_KEY = "meeting steps"


def layer_steps(view: View) -> None:
    """The layer and area on screen, and the way to the layer before and after."""
    component = st.components.v2.component("layer_steps", html=_MARKUP, css=_STYLE, js=_SCRIPT)
    keys = [layer.key for layer in layers.LAYERS]
    title = frame.heading("", frame.link()).title
    label = layers.layer(view.layer).label
    shown = title if title and title.startswith(label) else f"{label}: {title or 'England'}"
    number = keys.index(view.layer) + 1
    component(
        key=_KEY,
        data={"shown": f"{shown} ({number} of {len(keys)})"},
        on_step_change=_step,
        height="content",
    )


def _step() -> None:
    step = (st.session_state.get(_KEY) or {}).get("step")
    view, _ = frame.asked()
    keys = [layer.key for layer in layers.LAYERS]
    if step not in (-1, 1) or view.layer not in keys:
        return
    frame.show(replace(view, layer=keys[(keys.index(view.layer) + step) % len(keys)]))
