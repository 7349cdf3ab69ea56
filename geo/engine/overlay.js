// What lies over areas and places alike: the outline of the chosen area, and names of councils or,
// at street zooms, of neighbourhoods. One canvas, drawn again when the map comes to rest.

const LABEL_INK = "#1d2429";
const LABEL_HALO = "rgba(255,255,255,0.85)";
const LABEL_ROOM_PX = 5;
const LABEL_LINE = 1.2;
const LABEL_LINE_LETTERS = 16;
// How far the canvas reaches beyond the map's frame, so that a drag does not bare its edge.
const MARGIN = 0.25;
// A chosen area smaller than its outline is ringed instead, so that it can be found from afar.
const RING_PX = 11;

// Names that are shown at a zoom: the layer they are in, and their letters.
function labelStyle(zoom) {
  if (zoom < 7) return null;
  if (zoom < NEIGHBOURHOODS_FROM_ZOOM)
    return { layer: "ladlabel", weight: 600, size: byZoom(zoom, [7, 11], [10, 15]) };
  return { layer: "msoalabel", weight: 500, size: byZoom(zoom, [12, 12], [15, 15]) };
}

function wrap(name) {
  const lines = [];
  for (const word of name.split(" ")) {
    const last = lines.length - 1;
    if (last >= 0 && lines[last].length + word.length < LABEL_LINE_LETTERS) lines[last] += ` ${word}`;
    else lines.push(word);
  }
  return lines;
}

const OverlayLayer = L.Layer.extend({
  options: { pane: "labels" },

  initialize(areas) {
    this.areas = areas;
    areas.on("load", () => this._map && this.draw());
  },

  onAdd() {
    this.canvas = L.DomUtil.create("canvas", "leaflet-zoom-animated", this.getPane());
    this.draw();
  },

  onRemove() {
    this.canvas.remove();
  },

  getEvents() {
    return { moveend: this.draw, zoomanim: this.follow };
  },

  // Stretches the canvas along while the map zooms.
  follow({ zoom, center }) {
    const corner = this._map._latLngBoundsToNewLayerBounds(this.bounds, zoom, center).min;
    L.DomUtil.setTransform(this.canvas, corner, this._map.getZoomScale(zoom));
  },

  draw() {
    const map = this._map;
    const size = map.getSize();
    const margin = size.multiplyBy(MARGIN).round();
    const full = size.add(margin.multiplyBy(2));
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    this.canvas.width = full.x * ratio;
    this.canvas.height = full.y * ratio;
    this.canvas.style.width = `${full.x}px`;
    this.canvas.style.height = `${full.y}px`;
    const corner = map.containerPointToLayerPoint(margin.multiplyBy(-1));
    L.DomUtil.setPosition(this.canvas, corner);
    const opposite = corner.add(full);
    this.bounds = L.latLngBounds(
      map.layerPointToLatLng(corner), map.layerPointToLatLng(opposite),
    );
    const { state } = this.areas;
    const world = map.getPixelBounds().min.subtract(margin);
    const ctx = this.canvas.getContext("2d");
    ctx.lineJoin = "round";
    if (state.selected) this.drawSelected(ctx, state.selected, world, ratio);
    // A street map has names of its own.
    const style = state.background ? null : labelStyle(map.getZoom());
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    if (style) this.drawLabels(ctx, style, world, full);
  },

  // The parts of a layer on screen, each tile once.
  parts(layer) {
    const file = this.areas.layers[layer];
    const found = new Map();
    for (const { parts } of this.areas.canvases())
      if (parts[file]) found.set(`${parts[file].left} ${parts[file].top}`, parts[file]);
    return [...found.values()].map((part) => {
      const shapes = part.tile.layer(layer);
      return { shapes, unit: part.span / shapes.extent, left: part.left, top: part.top };
    });
  },

  // White between two dark lines reads over any colour. Drawn outwards: what is inside is rubbed
  // out again, so that the outline does not cover the area it is about.
  drawSelected(ctx, { level, area }, world, ratio) {
    const pieces = this.parts(level).flatMap((part) => {
      const k = part.shapes.ids.indexOf(area);
      return k < 0 ? [] : [{ ...part, k }];
    });
    if (!pieces.length) return;
    const on = (piece, draw) => {
      const { unit, left, top } = piece;
      ctx.setTransform(ratio * unit, 0, 0, ratio * unit,
        ratio * (left - world.x), ratio * (top - world.y));
      draw(piece);
    };
    const boxes = pieces.map(({ shapes: { boxes }, k, unit, left, top }) =>
      L.bounds([
        [left + boxes[4 * k] * unit, top + boxes[4 * k + 1] * unit],
        [left + boxes[4 * k + 2] * unit, top + boxes[4 * k + 3] * unit],
      ]));
    const whole = boxes.reduce((all, box) => all.extend(box.min).extend(box.max), L.bounds([]));
    const { x: wide, y: high } = whole.getSize();
    if (Math.max(wide, high) < RING_PX) {
      const { x, y } = whole.getCenter().subtract(world);
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      for (const [colour, width] of [[INK, 7], [HALO, 4.5], [INK, 1.5]]) {
        ctx.beginPath();
        ctx.arc(x, y, RING_PX, 0, 2 * Math.PI);
        Object.assign(ctx, { strokeStyle: colour, lineWidth: width });
        ctx.stroke();
      }
      return;
    }
    const outline = (colour, width) => {
      for (const piece of pieces)
        on(piece, ({ shapes, k, unit }) => {
          ctx.beginPath();
          traceBoundary(ctx, shapes, k);
          Object.assign(ctx, { strokeStyle: colour, lineWidth: width / unit });
          ctx.stroke();
        });
    };
    outline(INK, 14);
    outline(HALO, 10);
    ctx.globalCompositeOperation = "destination-out";
    for (const piece of pieces)
      on(piece, ({ shapes, k }) => {
        ctx.beginPath();
        traceFill(ctx, shapes, k);
        ctx.fill();
      });
    ctx.globalCompositeOperation = "source-over";
    outline(INK, 2.5);
  },

  drawLabels(ctx, style, world, full) {
    ctx.font = `${style.weight} ${style.size}px "Source Sans Pro", system-ui, sans-serif`;
    Object.assign(ctx, { textAlign: "center", textBaseline: "middle", lineWidth: 4 });
    Object.assign(ctx, { fillStyle: LABEL_INK, strokeStyle: LABEL_HALO });
    const taken = [];
    for (const { name, x, y } of this.names(style.layer)) {
      const lines = wrap(name);
      const wide = Math.max(...lines.map((line) => ctx.measureText(line).width)) / 2;
      const high = (lines.length * style.size * LABEL_LINE) / 2;
      const [left, top] = [x - world.x, y - world.y];
      const box = { x0: left - wide, x1: left + wide, y0: top - high, y1: top + high };
      if (box.x1 < 0 || box.y1 < 0 || box.x0 > full.x || box.y0 > full.y) continue;
      if (taken.some((other) => meet(box, other))) continue;
      taken.push(box);
      lines.forEach((line, k) => {
        const middle = box.y0 + (k + 0.5) * style.size * LABEL_LINE;
        ctx.strokeText(line, left, middle);
        ctx.fillText(line, left, middle);
      });
    }
  },

  // Names in the tiles on screen with their places in pixels of the world, the most populous
  // first.
  names(layer) {
    const found = new Map();
    for (const { shapes, unit, left, top } of this.parts(layer))
      for (let k = 0; k < shapes.count; k++) {
        const { n: name, o: order } = shapes.properties(k);
        const [x, y] = [left + shapes.boxes[4 * k] * unit, top + shapes.boxes[4 * k + 1] * unit];
        found.set(shapes.ids[k], { name, order, x, y });
      }
    return [...found.values()].sort((a, b) => a.order - b.order);
  },
});

function meet(a, b) {
  const room = LABEL_ROOM_PX;
  return a.x0 < b.x1 + room && b.x0 < a.x1 + room && a.y0 < b.y1 + room && b.y0 < a.y1 + room;
}
