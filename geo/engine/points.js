// Points: places drawn on canvas tiles, each kind in its own shape and colour.

// The path of a shape of radius r around the middle, for filling.
const SHAPES = {
  circle: (ctx, r) => ctx.arc(0, 0, r, 0, 2 * Math.PI),
  ring: (ctx, r) => {
    ctx.arc(0, 0, r, 0, 2 * Math.PI);
    ctx.moveTo(r * 0.5, 0);
    ctx.arc(0, 0, r * 0.5, 0, 2 * Math.PI, true);
  },
  square: (ctx, r) => ctx.rect(-0.88 * r, -0.88 * r, 1.76 * r, 1.76 * r),
  triangle: (ctx, r) => polygon(ctx, [[0, -1.15], [1.1, 0.8], [-1.1, 0.8]], r),
  diamond: (ctx, r) => polygon(ctx, [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]], r),
  cross: (ctx, r) => {
    const [a, b] = [0.38, 1.1];
    const plus = [
      [-a, -b], [a, -b], [a, -a], [b, -a], [b, a], [a, a],
      [a, b], [-a, b], [-a, a], [-b, a], [-b, -a], [-a, -a],
    ];
    const turn = Math.SQRT1_2;
    polygon(ctx, plus.map(([x, y]) => [turn * (x - y), turn * (x + y)]), r);
  },
  // Stands on its place with its tip.
  pin: (ctx, r) => {
    const head = -PIN_HEAD * r;
    ctx.moveTo(0, 0);
    ctx.bezierCurveTo(-0.5 * r, -0.9 * r, -1.15 * r, -1.2 * r, -1.15 * r, head);
    ctx.arc(0, head, 1.15 * r, Math.PI, 0);
    ctx.bezierCurveTo(1.15 * r, -1.2 * r, 0.5 * r, -0.9 * r, 0, 0);
    ctx.moveTo(0.4 * r, head);
    ctx.arc(0, head, 0.4 * r, 0, 2 * Math.PI);
  },
};
// How far above its place the middle of a pin's head is, and its top, in radii.
const PIN_HEAD = 1.95;
const PIN_TOP = 3.1;

function polygon(ctx, corners, r) {
  corners.forEach(([x, y], k) => (k ? ctx.lineTo(r * x, r * y) : ctx.moveTo(r * x, r * y)));
  ctx.closePath();
}

const LARGE_PX = 7;
// Room for a name beside its place.
const NAME_PX = 100;
const radiusAt = (zoom, large) =>
  Math.max(
    byZoom(zoom, [5, 0.7], [6, 0.9], [7, 1.5], [9, 4], [11, 6], [13, 7.5], [16, 9]),
    large ? LARGE_PX : 0,
  );
// Below this zoom the dots lie closer than a finger or a pointer can tell apart.
const POINTS_ANSWER_FROM_ZOOM = 8;
// Half of the smallest target that is easy to hit (24 px).
const REACH_PX = 12;

// A symbol drawn once, then stamped: thousands of paths a tile would be slow.
function stamp(kind, zoom, ratio) {
  const r = radiusAt(zoom, kind.large);
  const edge = kind.large ? 1.8 : byZoom(zoom, [7, 0], [9, 1.2], [12, 1.8]);
  const half = Math.ceil((kind.shape === "pin" ? PIN_TOP : 1.3) * r + edge + 1);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 2 * half * ratio;
  const ctx = canvas.getContext("2d");
  ctx.setTransform(ratio, 0, 0, ratio, half * ratio, half * ratio);
  ctx.beginPath();
  SHAPES[kind.shape](ctx, r);
  if (edge > 0) {
    ctx.lineJoin = "round";
    ctx.lineWidth = 2 * edge;
    ctx.strokeStyle = HALO;
    ctx.stroke();
  }
  // From afar the dots are many: the areas beneath still have to show.
  ctx.globalAlpha = kind.large ? 1 : byZoom(zoom, [7, 0.75], [8, 1]);
  ctx.fillStyle = kind.colour;
  ctx.fill("evenodd");
  return { canvas, half };
}

// World position of a row, 0 to 1 from the north-west corner of the Mercator square.
function place(kind, [longitude, latitude, name, detail, link]) {
  const { x, y } = L.CRS.EPSG3857.latLngToPoint(L.latLng(latitude, longitude), 0);
  return { kind, x: x / TILE_PX, y: y / TILE_PX, latitude, longitude, name, detail, link };
}

const PointLayer = L.GridLayer.extend({
  options: { pane: "points", updateWhenZooming: false, noWrap: true },
  places: [],
  names: [],
  fetched: new Map(),

  // Shows the kinds given; a file is fetched once. Later calls win over slower earlier ones.
  async show(kinds, whenLost) {
    const turn = (this.turn = (this.turn || 0) + 1);
    const lists = await Promise.all(
      kinds.map(async (kind) => {
        const rows = kind.url ? await this.rowsOf(kind.url).catch(whenLost) : kind.rows;
        return (rows || []).map((row) => place(kind, row));
      }),
    );
    if (turn !== this.turn) return;
    this.places = lists.flat();
    this.redraw();
    this.showNames();
  },

  // A name stands right of its place, or left of it where another place is in the way.
  showNames() {
    for (const name of this.names) name.remove();
    const size = TILE_PX * 2 ** this._map.getZoom();
    const named = this.places.filter(({ kind }) => kind.named);
    const inTheWay = ({ x, y }) => (other) =>
      other.x > x && (other.x - x) * size < NAME_PX && Math.abs(other.y - y) * size < 2 * LARGE_PX;
    this.names = named.map((found) => {
      const direction = named.some(inTheWay(found)) ? "left" : "right";
      const offset = [direction === "left" ? -LARGE_PX : LARGE_PX, 0];
      return L.tooltip({ permanent: true, direction, offset, pane: "labels",
        className: "common-ground-name" })
        .setLatLng([found.latitude, found.longitude])
        .setContent(element("span", "", found.name))
        .addTo(this._map);
    });
  },

  rowsOf(url) {
    if (!this.fetched.has(url))
      this.fetched.set(
        url,
        fetch(url).then((reply) => {
          if (!reply.ok) throw new Error(`${url}: ${reply.status}`);
          return reply.json().then((file) => file.rows);
        }),
      );
    return this.fetched.get(url);
  },

  createTile(coords) {
    const canvas = L.DomUtil.create("canvas", "leaflet-tile");
    const near = (PIN_TOP * radiusAt(coords.z, true) + 4) / TILE_PX;
    const scale = 2 ** coords.z;
    const inside = this.places.filter(({ kind, x, y }) => {
      if (coords.z < kind.from_zoom) return false;
      const dx = x * scale - coords.x;
      const dy = y * scale - coords.y;
      return dx > -near && dx < 1 + near && dy > -near && dy < 1 + near;
    });
    if (!inside.length) return canvas;
    const { ctx, ratio } = clear(canvas);
    const stamps = new Map();
    for (const { kind, x, y } of inside) {
      if (!stamps.has(kind)) stamps.set(kind, stamp(kind, coords.z, ratio));
      const symbol = stamps.get(kind);
      ctx.drawImage(
        symbol.canvas,
        Math.round(((x * scale - coords.x) * TILE_PX - symbol.half) * ratio),
        Math.round(((y * scale - coords.y) * TILE_PX - symbol.half) * ratio),
      );
    }
    return canvas;
  },

  // The places within reach of a spot in the map's frame, nearest first.
  near(containerPoint) {
    const zoom = this._map.getZoom();
    const answering = this.places.filter(
      ({ kind }) =>
        zoom >= kind.from_zoom && (kind.large || zoom >= POINTS_ANSWER_FROM_ZOOM),
    );
    const { x, y } = this._map.project(this._map.containerPointToLatLng(containerPoint), zoom);
    const size = TILE_PX * 2 ** zoom;
    const far = ({ kind, ...found }) => {
      const [dx, dy] = [found.x * size - x, found.y * size - y];
      const head = kind.shape === "pin" ? PIN_HEAD * radiusAt(zoom, kind.large) : 0;
      return Math.min(Math.hypot(dx, dy), Math.hypot(dx, dy - head));
    };
    return answering
      .map((found) => ({ found, far: far(found) }))
      .filter((place) => place.far <= Math.max(radiusAt(zoom, true), REACH_PX))
      .sort((a, b) => a.far - b.far)
      .map(({ found }) => found);
  },
});

// What a popup says. Names come from many lists: they are written as text, never as HTML.
function describePlaces(places) {
  const most = 6;
  const box = element("div", "common-ground-places");
  for (const { kind, name, detail, link } of places.slice(0, most)) {
    const entry = box.appendChild(element("div", "common-ground-place"));
    entry.appendChild(element("strong", "", name));
    entry.appendChild(element("span", "common-ground-kind", kind.label));
    for (const line of (detail || "").split("\n"))
      if (line) entry.appendChild(element("span", "", line));
    const page = link && new URL(link, document.referrer || location.href);
    if (page && page.origin === location.origin) {
      if (isMeeting()) page.searchParams.set("meeting", "1");
      const anchor = entry.appendChild(element("a", "", "More about it"));
      anchor.href = page.href;
      anchor.target = "_blank";
      anchor.rel = "noopener";
    }
  }
  if (places.length > most)
    box.appendChild(element("span", "", `and ${places.length - most} more here`));
  return box;
}

// Whether the page around the map is shown to a meeting, which goes on where links lead.
function isMeeting() {
  try {
    return new URLSearchParams(parent.location.search).get("meeting") === "1";
  } catch {
    return false;
  }
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}
