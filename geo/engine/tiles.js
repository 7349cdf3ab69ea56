// Tiles: shapes from PMTiles files of Mapbox vector tiles (specification 2.1), decoded into flat
// arrays. England at a glance is 34,000 shapes in two or three tiles: an object for every point
// would take longer to make than the map to draw.

const TILE_PX = 256;
const TILES_KEPT = 256;

// Field numbers of the specification.
const LAYER = 3;
const NAME = 1, FEATURE = 2, KEY = 3, VALUE = 4, EXTENT = 5;
const ID = 1, TAGS = 2, GEOMETRY = 4;
const MOVE_TO = 1, CLOSE_PATH = 7;

// Reads numbers one after another from an array of bytes.
class Cursor {
  constructor(bytes, at, end) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  varint() {
    let byte = this.bytes[this.at++];
    if (byte < 128) return byte;
    let value = byte & 127;
    for (let shift = 7; byte >= 128; shift += 7) {
      byte = this.bytes[this.at++];
      value |= (byte & 127) << shift;
    }
    return value >>> 0;
  }

  signed() {
    const value = this.varint();
    return (value >>> 1) ^ -(value & 1);
  }

  // Calls `visit` with each field's number and where its bytes are, or the number it holds.
  fields(visit) {
    while (this.at < this.end) {
      const tag = this.varint();
      const kind = tag & 7;
      const size = kind === 0 || kind === 2 ? this.varint() : kind === 1 ? 8 : 4;
      const start = this.at;
      const end = kind === 0 ? start : start + size;
      visit(tag >> 3, start, end, size);
      this.at = end;
    }
  }
}

function text(bytes, start, end) {
  return new TextDecoder().decode(bytes.subarray(start, end));
}

// A property: text, a whole number or a truth. The tiles hold no others.
function propertyValue(bytes, start, end) {
  let found = null;
  new Cursor(bytes, start, end).fields((field, from, to, number) => {
    if (field === 1) found = text(bytes, from, to);
    else if (field === 6) found = (number >>> 1) ^ -(number & 1);
    else found = number;
  });
  return found;
}

// The shapes of one layer of a tile. Shape k has the rings from rings[k] up to rings[k + 1]; ring
// r has the points from ends[r - 1] up to ends[r] of xy, in units of which `extent` make a tile.
// The id of a shape in the tiles is its row number plus one.
class Shapes {
  constructor(bytes, start, end) {
    const features = [];
    this.bytes = bytes;
    this.keys = [];
    this.values = [];
    this.extent = 4096;
    new Cursor(bytes, start, end).fields((field, from, to, number) => {
      if (field === FEATURE) features.push(from, to);
      else if (field === KEY) this.keys.push(text(bytes, from, to));
      else if (field === VALUE) this.values.push(propertyValue(bytes, from, to));
      else if (field === EXTENT) this.extent = number;
    });
    this.count = features.length / 2;
    this.ids = new Int32Array(this.count);
    this.doubly = new Uint8Array(this.count);
    this.boxes = new Int16Array(4 * this.count);
    this.rings = new Uint32Array(this.count + 1);
    this.tags = new Uint32Array(2 * this.count);
    // A point takes at least two bytes, a ring at least three.
    this.xy = new Int16Array(end - start);
    this.ends = new Uint32Array(Math.ceil((end - start) / 3));
    this.pointCount = this.ringCount = 0;
    for (let k = 0; k < this.count; k++) this.decode(k, features[2 * k], features[2 * k + 1]);
  }

  decode(k, start, end) {
    const cursor = new Cursor(this.bytes, start, end);
    this.ids[k] = -1;
    cursor.fields((field, from, to, number) => {
      if (field === ID) this.ids[k] = number - 1;
      else if (field === TAGS) this.decodeTags(k, from, to);
      else if (field === GEOMETRY) this.decodeGeometry(k, from, to);
    });
    this.rings[k + 1] = this.ringCount;
  }

  decodeTags(k, start, end) {
    this.tags[2 * k] = start;
    this.tags[2 * k + 1] = end;
    const cursor = new Cursor(this.bytes, start, end);
    while (cursor.at < end) {
      const key = this.keys[cursor.varint()];
      const value = this.values[cursor.varint()];
      if (key === "d") this.doubly[k] = value;
    }
  }

  decodeGeometry(k, start, end) {
    const cursor = new Cursor(this.bytes, start, end);
    const { xy } = this;
    let [x, y, count] = [0, 0, this.pointCount];
    let [minX, minY, maxX, maxY] = [32767, 32767, -32768, -32768];
    while (cursor.at < end) {
      const word = cursor.varint();
      const command = word & 7;
      if (command === CLOSE_PATH) continue;
      if (command === MOVE_TO && count > this.pointCount) this.endRing(count);
      for (let left = word >> 3; left > 0; left--) {
        x += cursor.signed();
        y += cursor.signed();
        xy[2 * count] = x;
        xy[2 * count + 1] = y;
        count++;
        if (x < minX) minX = x;
        if (x > maxX) maxX = x;
        if (y < minY) minY = y;
        if (y > maxY) maxY = y;
      }
    }
    if (count > this.pointCount) this.endRing(count);
    this.boxes.set([minX, minY, maxX, maxY], 4 * k);
  }

  endRing(count) {
    this.ends[this.ringCount++] = count;
    this.pointCount = count;
  }

  // The row number i of shape k, and what else it carries.
  properties(k) {
    const cursor = new Cursor(this.bytes, this.tags[2 * k], this.tags[2 * k + 1]);
    const found = { i: this.ids[k] };
    while (cursor.at < cursor.end) found[this.keys[cursor.varint()]] = this.values[cursor.varint()];
    return found;
  }

  // Calls `visit` with the first point and the point after the last of each ring of shape k.
  eachRing(k, visit) {
    for (let r = this.rings[k]; r < this.rings[k + 1]; r++)
      visit(r ? this.ends[r - 1] : 0, this.ends[r]);
  }

  // The shape that a point lies in, or -1: a ray from it crosses the rings an odd number of times.
  shapeAt(x, y) {
    const { boxes, xy } = this;
    for (let k = 0; k < this.count; k++) {
      const b = 4 * k;
      if (x < boxes[b] || y < boxes[b + 1] || x > boxes[b + 2] || y > boxes[b + 3]) continue;
      let inside = false;
      this.eachRing(k, (from, to) => {
        for (let p = from, q = to - 1; p < to; q = p++) {
          const [px, py, qx, qy] = [xy[2 * p], xy[2 * p + 1], xy[2 * q], xy[2 * q + 1]];
          if (py > y !== qy > y && x < ((qx - px) * (y - py)) / (qy - py) + px) inside = !inside;
        }
      });
      if (inside) return k;
    }
    return -1;
  }
}

// One tile; a layer is decoded when it is first asked for.
class Tile {
  constructor(buffer) {
    this.bytes = new Uint8Array(buffer);
    this.places = new Map();
    this.decoded = new Map();
    new Cursor(this.bytes, 0, this.bytes.length).fields((field, start, end) => {
      if (field !== LAYER) return;
      new Cursor(this.bytes, start, end).fields((inner, from, to) => {
        if (inner === NAME) this.places.set(text(this.bytes, from, to), [start, end]);
      });
    });
  }

  layer(name) {
    const place = this.places.get(name) || [0, 0];
    if (!this.decoded.has(name)) this.decoded.set(name, new Shapes(this.bytes, ...place));
    return this.decoded.get(name);
  }
}

// A file on the server, read in parts. Parts that are asked for together and lie beside each other
// are fetched in one request: the tiles of a view are neighbours in the file too.
const TOGETHER_BYTES = 1 << 16;
const GAP_BYTES = 1 << 10;

class Parts {
  constructor(url) {
    this.source = new pmtiles.FetchSource(url);
    // Parts of one file confuse a browser's cache: Chromium fetches some twice, and now and then
    // gives fewer bytes than it was asked for. What comes short, or fails, is asked for once more,
    // past the cache.
    this.again = new pmtiles.FetchSource(url);
    this.again.mustReload = true;
    this.asked = [];
  }

  getKey() {
    return this.source.getKey();
  }

  getBytes(start, length, signal, etag) {
    return new Promise((resolve, reject) => {
      if (!this.asked.length) setTimeout(() => this.fetchAll());
      this.asked.push({ start, end: start + length, etag, resolve, reject });
    });
  }

  fetchAll() {
    const groups = [];
    for (const part of this.asked.sort((a, b) => a.start - b.start)) {
      const group = groups.at(-1);
      const near = group && part.start - group.end <= GAP_BYTES;
      if (near && part.end - group.start <= TOGETHER_BYTES && part.etag === group.etag) {
        group.parts.push(part);
        group.end = Math.max(group.end, part.end);
      } else groups.push({ start: part.start, end: part.end, etag: part.etag, parts: [part] });
    }
    this.asked = [];
    for (const group of groups) this.fetch(group);
  }

  async fetch({ start, end, etag, parts }) {
    try {
      let reply = await this.source.getBytes(start, end - start, undefined, etag)
        .catch((error) => {
          // What the server itself says, of a file that has changed for one, stands.
          if (!(error instanceof TypeError)) throw error;
        });
      if (!reply || reply.data.byteLength < end - start)
        reply = await this.again.getBytes(start, end - start, undefined, etag);
      // The cache is left out where the server does not let it keep what it has.
      this.source.chromeWindowsNoCache = !/max-age=[1-9]/.test(reply.cacheControl);
      for (const part of parts)
        part.resolve({ ...reply, data: reply.data.slice(part.start - start, part.end - start) });
    } catch (error) {
      for (const part of parts) part.reject(error);
    }
  }
}

// A PMTiles file, asked for the tile under a tile of the screen.
class TileFile {
  constructor(url) {
    this.archive = new pmtiles.PMTiles(new Parts(url));
    this.tiles = new Map();
  }

  // Fails if the file cannot be had.
  open() {
    return this.archive.getHeader();
  }

  // The tile under screen tile `coords`, its corner in pixels of the world at that zoom, and how
  // many of them it spans.
  async under(coords) {
    const { maxZoom } = await this.open();
    const z = Math.min(coords.z, maxZoom);
    const levels = coords.z - z;
    const [x, y] = [coords.x >> levels, coords.y >> levels];
    const span = TILE_PX << levels;
    return { tile: await this.tile(z, x, y), left: x * span, top: y * span, span };
  }

  tile(z, x, y) {
    const key = `${z}/${x}/${y}`;
    const known = this.tiles.get(key);
    this.tiles.delete(key);
    const asked = known || this.archive.getZxy(z, x, y)
      .then((found) => new Tile(found ? found.data : new ArrayBuffer(0)));
    // What was asked for last goes to the end; the first is the one to forget.
    this.tiles.set(key, asked);
    if (!known) asked.catch(() => this.tiles.delete(key));
    if (this.tiles.size > TILES_KEPT) this.tiles.delete(this.tiles.keys().next().value);
    return asked;
  }
}
