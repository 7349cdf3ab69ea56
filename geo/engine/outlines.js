// Outlines: what is stroked over the areas, from the lowest line to the topmost.

const INK = "#0b0c0c";
const HALO = "#ffffff";

// A width or size that grows with zoom: pairs of zoom and value, straight lines between them.
function byZoom(zoom, ...stops) {
  if (zoom <= stops[0][0]) return stops[0][1];
  for (let k = 1; k < stops.length; k++) {
    const [z1, v1] = stops[k];
    const [z0, v0] = stops[k - 1];
    if (zoom <= z1) return v0 + ((v1 - v0) * (zoom - z0)) / (z1 - z0);
  }
  return stops[stops.length - 1][1];
}

const stroke = (colour, stops, dash) => ({ colour, dash, width: (zoom) => byZoom(zoom, ...stops) });

// Rules: a layer of the tiles, which of its shapes (by number and whether doubly disadvantaged),
// and the strokes that make the line. Small areas have no lines at low zooms, or cities turn into
// one blot.
function outlineRules(state) {
  const from = state.level === "lsoa" ? 9 : 7;
  const rules = [
    {
      layer: state.level,
      strokes: [stroke("rgba(255,255,255,0.8)", [[from, 0], [from + 1, 0.3], [12, 0.6], [14, 1]])],
    },
    { layer: "msoa", strokes: [stroke("rgba(29,36,41,0.6)", [[11, 0], [12, 0.7], [14, 1.2]])] },
    {
      layer: "lad",
      strokes: [
        stroke("rgba(64,64,72,0.75)", [[6, 0.35], [8, 0.8], [10, 1.3], [13, 2.6]]),
      ],
    },
  ];
  if (state.ward)
    rules.push({
      layer: "ward",
      strokes: [
        stroke("rgba(255,255,255,0.85)", [[9, 1.2], [12, 2.4]]),
        stroke("#4a3a2a", [[9, 0.6], [12, 1.2]], [2, 3]),
      ],
    });
  if (state.left)
    rules.push({
      layer: "left",
      strokes: [
        stroke(HALO, [[6, 1.6], [9, 3], [12, 5]]),
        stroke("#6b2c00", [[6, 0.9], [9, 1.6], [12, 2.8]], [6, 3]),
      ],
    });
  if (state.double)
    rules.push({
      layer: "lsoa",
      // With the areas themselves on the map, those that are faded lose this outline too.
      only: (i, doubly) => doubly && !(state.level === "lsoa" && state.values[i] >= "a"),
      strokes: [
        stroke(HALO, [[8, 0], [9, 2], [12, 4.5]]),
        stroke("#e0006c", [[6, 0.8], [9, 1.2], [12, 2.6]]),
      ],
    });
  if (state.highlighted.length) {
    const chosen = new Set(state.highlighted);
    rules.push({
      layer: state.level,
      only: (i) => chosen.has(i),
      strokes: [
        stroke(HALO, [[6, 1.2], [9, 3], [12, 5]]),
        stroke("#d4351c", [[6, 0.8], [9, 1.6], [12, 3]]),
      ],
    });
  }
  if (state.councils.length) {
    const chosen = new Set(state.councils);
    rules.push({
      layer: "lad",
      only: (i) => chosen.has(i),
      strokes: [
        stroke(HALO, [[6, 3], [10, 6]]),
        stroke("#8a5a00", [[6, 1.6], [10, 3.2]]),
      ],
    });
  }
  if (state.council !== null)
    rules.push({
      layer: "lad",
      only: (i) => i === state.council,
      strokes: [stroke(HALO, [[6, 3], [10, 6]]), stroke(INK, [[6, 1.5], [10, 3]])],
    });
  return rules;
}
