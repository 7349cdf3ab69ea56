// Areas: vector tiles painted on canvas, each area in the colour of its class.
//
// The class of area i is the character values[i], "A" for the first class, "a" for the same class
// faded, "Z" for no data.

const FIRST_CLASS = "A".charCodeAt(0);
const NO_DATA = "Z".charCodeAt(0) - FIRST_CLASS;
const FADED = "a".charCodeAt(0) - FIRST_CLASS;

// Where a tile was cut, shapes that go on are closed by an edge 4 pixels outside it. Those edges
// are no boundaries: they are filled, never stroked.
const CUT_PX = 3.5;
const NEIGHBOURHOODS_FROM_ZOOM = 12;
const ADDED_UP_FROM_ZOOM = 8;

// Mixes a colour with the grey of faded areas, so that its class can still be guessed.
function fade(colour) {
  const paper = [242, 241, 238];
  const mixed = paper.map((grey, k) => {
    const own = parseInt(colour.slice(1 + 2 * k, 3 + 2 * k), 16);
    return Math.round(grey + 0.13 * (own - grey));
  });
  return `rgb(${mixed.join(",")})`;
}

// Fill styles by character code less FIRST_CLASS.
function fillStyles(state) {
  const styles = [];
  state.colours.forEach((colour, k) => {
    styles[k] = colour;
    styles[FADED + k] = fade(colour);
  });
  styles[NO_DATA] = state.noData;
  styles[FADED + NO_DATA] = fade(state.noData);
  return styles;
}

function traceFill(ctx, shapes, k) {
  const { xy } = shapes;
  shapes.eachRing(k, (from, to) => {
    ctx.moveTo(xy[2 * from], xy[2 * from + 1]);
    for (let p = from + 1; p < to; p++) ctx.lineTo(xy[2 * p], xy[2 * p + 1]);
  });
}

function traceBoundary(ctx, shapes, k) {
  const { xy, extent } = shapes;
  const low = (-CUT_PX * extent) / TILE_PX;
  const high = extent - low;
  const cut = (a, b) => (a <= low && b <= low) || (a >= high && b >= high);
  shapes.eachRing(k, (from, to) => {
    let [x, y] = [xy[2 * to - 2], xy[2 * to - 1]];
    ctx.moveTo(x, y);
    for (let p = from; p < to; p++) {
      const [nextX, nextY] = [xy[2 * p], xy[2 * p + 1]];
      if (cut(x, nextX) || cut(y, nextY)) ctx.moveTo(nextX, nextY);
      else ctx.lineTo(nextX, nextY);
      [x, y] = [nextX, nextY];
    }
  });
}

// An empty canvas of one tile, and how many of its pixels make a CSS pixel.
function clear(canvas) {
  // More than two canvas pixels to a CSS pixel costs time and shows nothing.
  const ratio = Math.min(window.devicePixelRatio || 1, 2);
  canvas.width = canvas.height = TILE_PX * ratio;
  return { ctx: canvas.getContext("2d"), ratio };
}

const AreaLayer = L.GridLayer.extend({
  options: { updateWhenZooming: false, noWrap: true },

  // files: TileFiles by name. layers: the name of the file that each layer is in.
  initialize(files, layers) {
    this.files = files;
    this.layers = layers;
  },

  setState(state) {
    this.state = state;
    this.fills = fillStyles(state);
    this.outlines = outlineRules(state);
    for (const key in this._tiles) this.show(this._tiles[key].el);
  },

  createTile(coords, done) {
    const canvas = L.DomUtil.create("canvas", "leaflet-tile");
    canvas.coords = { ...coords };
    canvas.parts = {};
    this.show(canvas, done);
    return canvas;
  },

  // The canvases of the zoom on screen.
  canvases() {
    const tiles = Object.values(this._tiles || {}).map(({ el }) => el);
    return tiles.filter(({ coords }) => coords.z === this._tileZoom);
  },

  // The files that hold something to draw at a zoom.
  needed(zoom) {
    const drawn = this.outlines
      .filter(({ strokes }) => strokes.some(({ width }) => width(zoom) > 0))
      .map(({ layer }) => layer);
    const { level, selected } = this.state;
    if (selected) drawn.push(selected.level);
    return new Set([level, ...drawn].map((layer) => this.layers[layer]));
  },

  // Paints a canvas, at once if its shapes are there.
  show(canvas, done = () => {}) {
    const missing = [...this.needed(canvas.coords.z)].filter((file) => !canvas.parts[file]);
    if (!missing.length) return this.paint(canvas);
    return Promise.all(missing.map((file) => this.fetch(canvas, file))).then(
      () => {
        this.paint(canvas);
        done(null, canvas);
      },
      (error) => {
        done(error, canvas);
        this.fire("lost");
      },
    );
  },

  async fetch(canvas, file) {
    canvas.parts[file] = await this.files[file].under(canvas.coords);
  },

  // A layer under a canvas and how to draw it: pixels to a unit, and where the canvas lies in it.
  ground(canvas, layer) {
    const part = canvas.parts[this.layers[layer]];
    if (!part) return null;
    const shapes = part.tile.layer(layer);
    const unit = part.span / shapes.extent;
    const left = canvas.coords.x * TILE_PX - part.left;
    const top = canvas.coords.y * TILE_PX - part.top;
    return { shapes, unit, left, top };
  },

  paint(canvas) {
    const { ctx, ratio } = clear(canvas);
    ctx.lineJoin = "round";
    const on = (layer, draw) => {
      const ground = this.ground(canvas, layer);
      if (!ground || !ground.shapes.count) return;
      const { unit, left, top } = ground;
      ctx.setTransform(ratio * unit, 0, 0, ratio * unit, -ratio * left, -ratio * top);
      draw(ground);
    };
    on(this.state.level, (ground) => this.paintAreas(ctx, ground, canvas.coords.z));
    for (const rule of this.outlines)
      on(rule.layer, (ground) => this.paintOutline(ctx, ground, rule, canvas.coords.z));
  },

  // One path a class. Colours are added up, not laid over each other: where areas share a pixel
  // their parts of it then make a whole, and no background shines through along the borders.
  // Not from afar: there a town's areas are less than a pixel each and rounded over one another, so
  // that the sum would be white where the town is dark. There they are laid over each other twice,
  // the second time with the first class on top, and next to nothing shines through.
  paintAreas(ctx, ground, zoom) {
    const { values, background } = this.state;
    const groups = [];
    for (const k of inSight(ground)) {
      const slot = values.charCodeAt(ground.shapes.ids[k]) - FIRST_CLASS;
      const group = this.fills[slot] ? slot : NO_DATA;
      (groups[group] ||= []).push(k);
    }
    const classes = Object.keys(groups);
    const addUp = zoom >= ADDED_UP_FROM_ZOOM;
    const passes = addUp ? [classes] : [classes, classes.slice().reverse()];
    // Seen through, passes multiply: what is left of the background is the same for both ways.
    const through = background ? 0.3 : 0;
    ctx.globalAlpha = 1 - through ** (1 / passes.length);
    ctx.globalCompositeOperation = addUp ? "lighter" : "source-over";
    for (const slot of passes.flat()) {
      ctx.beginPath();
      for (const k of groups[slot]) traceFill(ctx, ground.shapes, k);
      ctx.fillStyle = this.fills[slot];
      ctx.fill();
    }
    ctx.globalAlpha = 1;
    ctx.globalCompositeOperation = "source-over";
  },

  paintOutline(ctx, ground, rule, zoom) {
    const { shapes, unit } = ground;
    const strokes = rule.strokes.filter(({ width }) => width(zoom) > 0);
    if (!strokes.length) return;
    const members = inSight(ground, rule.only);
    if (!members.length) return;
    ctx.beginPath();
    for (const k of members) traceBoundary(ctx, shapes, k);
    for (const { colour, width, dash } of strokes) {
      ctx.setLineDash((dash || []).map((length) => length / unit));
      ctx.lineWidth = width(zoom) / unit;
      ctx.strokeStyle = colour;
      ctx.stroke();
    }
    ctx.setLineDash([]);
  },

  // The properties of the shape of a layer at a place on the map; null if there is none, or not
  // yet: what was not needed to draw is fetched now, for the next time of asking.
  at(latlng, layer) {
    const spot = this.spot(latlng);
    const tile = this._tiles[`${spot.coords.x}:${spot.coords.y}:${spot.coords.z}`];
    if (!tile) return null;
    if (tile.el.parts[this.layers[layer]]) return this.shapeAt(tile.el, layer, spot);
    this.fetch(tile.el, this.layers[layer]).catch(() => this.fire("lost"));
    return null;
  },

  // The same once its shapes are there: who clicks before they are drawn is answered too.
  async found(latlng, layer) {
    const spot = this.spot(latlng);
    const under = { coords: spot.coords, parts: {} };
    try {
      await this.fetch(under, this.layers[layer]);
    } catch {
      return null;  // drawing it fails too, and says so
    }
    return this.shapeAt(under, layer, spot);
  },

  // A place in pixels of the world at the zoom on screen, and the tile it lies in.
  spot(latlng) {
    const z = this._tileZoom;
    const { x, y } = this._map.project(latlng, z);
    return { x, y, coords: { x: Math.floor(x / TILE_PX), y: Math.floor(y / TILE_PX), z } };
  },

  shapeAt(canvas, layer, { x, y, coords }) {
    const { shapes, unit, left, top } = this.ground(canvas, layer);
    const k = shapes.shapeAt(
      (x - coords.x * TILE_PX + left) / unit, (y - coords.y * TILE_PX + top) / unit,
    );
    return k < 0 ? null : shapes.properties(k);
  },
});

// The numbers of the shapes that touch a canvas, or nearly: their outlines may.
function inSight({ shapes, unit, left, top }, only) {
  const near = 4;
  const [minX, minY] = [(left - near) / unit, (top - near) / unit];
  const [maxX, maxY] = [(left + TILE_PX + near) / unit, (top + TILE_PX + near) / unit];
  const { boxes, ids, doubly } = shapes;
  const found = [];
  for (let k = 0, b = 0; k < shapes.count; k++, b += 4)
    if (boxes[b] <= maxX && boxes[b + 2] >= minX && boxes[b + 1] <= maxY && boxes[b + 3] >= minY)
      if (!only || only(ids[k], doubly[k])) found.push(k);
  return found;
}
