// Says which layer is shown, and takes the arrow keys from anywhere on the page where they have
// nothing else to do: not while typing, choosing or moving a slider, and not in the map's frame.
const BUSY = "input, textarea, select, iframe, [contenteditable], [role=combobox], [role=listbox]," +
  "[role=slider], [role=radiogroup], [role=radio], [role=tab], [role=menu], [role=grid], [popover]";

export default function (component) {
  const root = component.parentElement;
  const step = (by) => component.setTriggerValue("step", by);
  const shown = root.querySelector(".shown");
  // A live region is read out when its text changes.
  if (shown.textContent !== component.data.shown) shown.textContent = component.data.shown;
  root.querySelector(".back").onclick = () => step(-1);
  root.querySelector(".on").onclick = () => step(1);

  function pressed(event) {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.composedPath().some((part) => part.matches && part.matches(BUSY))) return;
    event.preventDefault();
    step(by);
  }
  // Streamlit calls this again with each answer of the server; one listener is enough.
  if (root.pressed) document.removeEventListener("keydown", root.pressed);
  root.pressed = pressed;
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", root.pressed);
}
