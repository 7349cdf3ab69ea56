"""The shapes of map symbols, so that the key and printed maps draw the same ones.

Each is an SVG element in a box of 20 × 20 with its middle at 10, 10; colour is left to the caller.
"""

from __future__ import annotations

BOX = 20
PATHS = {
    "circle": '<circle cx="10" cy="10" r="6"/>',
    "ring": '<path fill-rule="evenodd" d="M10 3a7 7 0 1 0 0 14a7 7 0 1 0 0-14z'
    'M10 6.5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 1 1 0-7z"/>',
    "square": '<rect x="4.5" y="4.5" width="11" height="11"/>',
    "triangle": '<path d="M10 3L17 15.5H3z"/>',
    "diamond": '<path d="M10 2L18 10L10 18L2 10z"/>',
    "cross": '<path d="M5.6 3.8L10 8.2L14.4 3.8L16.2 5.6L11.8 10L16.2 14.4L14.4 16.2L10 11.8'
    'L5.6 16.2L3.8 14.4L8.2 10L3.8 5.6z"/>',
    "pin": '<path fill-rule="evenodd" d="M10 19C10 19 4.2 12.5 4.2 8a5.8 5.8 0 1 1 11.6 0'
    'c0 4.5-5.8 11-5.8 11zM10 6a2 2 0 1 0 0 4a2 2 0 1 0 0-4z"/>',
    "plus": '<path d="M8 3h4v5h5v4h-5v5h-4v-5h-5v-4h5z"/>',
    "star": '<path d="M10 2.6L12.1 7.7L17.6 8.1L13.4 11.7L14.7 17.1L10 14.2L5.3 17.1L6.6 11.7'
    'L2.4 8.1L7.9 7.7z"/>',
}
