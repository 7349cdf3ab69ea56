// The engine: takes a state and draws it, tells where the reader clicked, and speaks as it goes.
// Runs once in the map's frame with `map` (a Leaflet map) and `options`: tiles (files and the
// layers in each), static (where files are), version (behind the address of tiles), attribution
// and label. Afterwards everything comes in through window.commonGround.set(state).

const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const frame = map.getContainer();
if (calm) {
  // Who asks for less motion sees the map arrive, not travel: by keys, buttons and wheel too.
  const { setView, panBy } = map;
  map.setView = (to, zoom, how) => setView.call(map, to, zoom, { ...how, animate: false });
  map.panBy = (by, how) => panBy.call(map, by, { ...how, animate: false });
  map.options.inertia = false;
}
// Nobody is kept from zooming the page: the component's frame is written with that switched off.
for (const meta of document.querySelectorAll('meta[name="viewport"]'))
  meta.content = "width=device-width, initial-scale=1";

map.attributionControl.setPrefix(false);
const sources = element("details", "common-ground-sources");
sources.appendChild(element("summary", "", "Sources and licences"));
sources.appendChild(element("p", "", options.attribution));
map.attributionControl.addAttribution(sources.outerHTML);
frame.setAttribute("role", "application");
frame.setAttribute("aria-label", options.label);
frame.setAttribute("aria-describedby", "common-ground-keys");
const keys = frame.appendChild(element("p", "common-ground-unseen",
  "Arrow keys move the map, plus and minus zoom, Enter chooses the area in the middle."));
keys.id = "common-ground-keys";
const spoken = frame.appendChild(element("p", "common-ground-unseen"));
spoken.setAttribute("role", "status");
const warning = frame.appendChild(element("p", "common-ground-warning"));
warning.setAttribute("role", "status");
frame.appendChild(element("div", "common-ground-cross")).setAttribute("aria-hidden", "true");
map.createPane("points").style.zIndex = 450;
map.createPane("labels").style.cssText = "z-index: 460; pointer-events: none";

const address = (path) => new URL(path, location.href).href;
const files = {};
const fileOfLayer = {};
for (const [path, layers] of Object.entries(options.tiles)) {
  files[path] = new TileFile(address(options.static + path + (options.version || "")));
  for (const layer of layers) fileOfLayer[layer] = path;
}
const areas = new AreaLayer(files, fileOfLayer);
const overlay = new OverlayLayer(areas);
const points = new PointLayer();

let asked = null;
let state = null;
let shownView = null;
let background = null;
let marker = null;
let shownPoints = "";

// For tests and benchmarks: how often the areas stood painted, and when.
function markPainted() {
  window.commonGround.painted += 1;
  performance.mark("common-ground-painted");
}

function lookAt(wanted) {
  const size = map.getSize();
  if (!wanted || wanted.key === shownView || !size.x || !size.y) return;
  // The first look is taken at once: there is nothing yet to move from.
  const animate = shownView !== null && !calm;
  shownView = wanted.key;
  const padding = size.x < 500 ? [4, 4] : [12, 12];
  if (wanted.fit) map.fitBounds(wanted.fit, { animate, padding, maxZoom: 15 });
  else map.setView([wanted.at[0], wanted.at[1]], wanted.at[2], { animate });
}

function setBackground(wanted) {
  const same = background && wanted && background.key === wanted.url;
  if (same || (!background && !wanted)) return;
  if (background) background.layer.remove();
  background = wanted && {
    key: wanted.url,
    layer: L.tileLayer(wanted.url, {
      attribution: element("span", "", wanted.attribution).innerHTML,
      maxNativeZoom: wanted.maxZoom,
      maxZoom: map.getMaxZoom(),
      zIndex: 0,
    }).addTo(map),
  };
}

function setMarker(wanted) {
  if (marker) marker.remove();
  marker = null;
  if (!wanted) return;
  const pin =
    '<svg viewBox="0 0 24 34" width="30" height="42" aria-hidden="true"><path d="M12 33C12 33 2 19 ' +
    '2 12a10 10 0 1 1 20 0c0 7-10 21-10 21z" fill="#0b0c0c" stroke="#fff" stroke-width="2"/>' +
    '<circle cx="12" cy="12" r="4" fill="#fff"/></svg>';
  const icon = L.divIcon({ html: pin, className: "common-ground-pin", iconSize: [30, 42],
    iconAnchor: [15, 41] });
  marker = L.marker([wanted.latitude, wanted.longitude], { icon, interactive: false,
    keyboard: false });
  marker.bindTooltip(element("span", "", wanted.label), { permanent: true, direction: "top",
    offset: [0, -42], className: "common-ground-tip" });
  marker.addTo(map);
}

function setPoints(kinds) {
  const wanted = JSON.stringify(kinds);
  if (wanted === shownPoints) return;
  shownPoints = wanted;
  map.closePopup();
  const located = kinds.map((kind) => ({ ...kind, url: kind.url && address(options.static + kind.url) }));
  warn("places", "");
  points.show(located, () => warn("places", "Some places could not be loaded."));
}

// What is at a spot of the map, in lines of text.
function describe(latlng) {
  const area = areas.at(latlng, state.level);
  if (!area) return [];
  const neighbourhood = areas.at(latlng, "msoa");
  const council = areas.at(latlng, "lad");
  const own = state.level === "lsoa" ? area.n : null;
  const names = [neighbourhood && neighbourhood.n, own].filter(Boolean);
  const lines = [names.join(" · ") || (council && council.n) || ""];
  if (names.length && council && council.n && state.level === "msoa") lines[0] += `, ${council.n}`;
  const slot = (state.values.charCodeAt(area.i) - FIRST_CLASS) % FADED;
  lines.push(`${state.title}: ${state.labels[slot] || "no data"}`);
  if (state.double && area.d) lines.push("Doubly disadvantaged");
  const ward = state.left && areas.at(latlng, "left");
  if (ward) lines.push(`On the 2019 list: ${ward.n}${ward.la ? `, ${ward.la}` : ""}`);
  const wardNow = state.ward && areas.at(latlng, "ward");
  if (wardNow) lines.push(`Ward: ${wardNow.n}`);
  return lines.filter(Boolean);
}

function lines(texts) {
  const box = element("div");
  texts.forEach((text, k) => box.appendChild(element(k ? "span" : "strong", "", text)));
  return box;
}

const tip = L.tooltip({ className: "common-ground-tip", direction: "top", offset: [0, -8] });
let hovered = null;

function hover() {
  const event = hovered;
  hovered = null;
  if (!event || !state || !areas._map) return;
  const places = points.near(event.containerPoint);
  frame.style.cursor = places.length ? "pointer" : "";
  const texts = places.length
    ? [places[0].name, places[0].kind.label].concat(
        places.length > 1 ? [`and ${places.length - 1} more here`] : [])
    : describe(event.latlng);
  if (!texts.length) return void tip.remove();
  tip.setLatLng(event.latlng).setContent(lines(texts));
  if (!map.hasLayer(tip)) tip.addTo(map);
}

map.on("mousemove", (event) => {
  if (event.originalEvent.buttons) return;
  if (!hovered) requestAnimationFrame(hover);
  hovered = event;
});
map.on("mouseout movestart zoomstart", () => {
  hovered = null;
  tip.remove();
});

// A place answers before the area beneath: the click goes no further, so no area is chosen; unless
// the page asks for every click.
frame.addEventListener("click", (event) => {
  if (event.target.closest(".leaflet-control, .leaflet-popup") || map.dragging.moved()) return;
  const places = points.near(map.mouseEventToContainerPoint(event));
  if (!places.length || (state && state.openToClicks)) return;
  event.stopPropagation();
  tip.remove();
  L.popup({ maxWidth: 280, className: "common-ground-popup", autoPanPadding: [24, 24] })
    .setLatLng([places[0].latitude, places[0].longitude])
    .setContent(describePlaces(places))
    .openOn(map);
}, true);

// The area goes with the click, so that the page need not look for it, and a number that makes
// two clicks on one spot differ. The component reports a click after a quarter of a second, to
// wait for a double click; nothing here answers to one, so it is reported at once.
map.on("click", async (event) => {
  if (!state || !areas._map) return;
  const { level } = state;
  const area = await areas.found(event.latlng, level);
  Object.assign(event.latlng, { level, area: area ? area.i : null, serial: Date.now() });
  const component = window.__GLOBAL_DATA__;
  if (!window.Streamlit || !component || String(component.returned_objects) !== "last_clicked") return;
  component.previous_data = { last_clicked: event.latlng };
  window.Streamlit.setComponentValue(component.previous_data);
});

frame.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target === frame) map.fire("click", { latlng: map.getCenter() });
});

// What is missing on the map, and for how long: areas until others load, places until others come.
const missing = { areas: "", places: "" };

function warn(what, text) {
  missing[what] = text;
  warning.textContent = Object.values(missing).filter(Boolean).join(" ");
}

map.on("moveend", () => {
  if (state && areas._map && frame.matches(":focus-visible"))
    spoken.textContent = describe(map.getCenter()).join(". ");
});
// The map is as high as its frame, which the page's own styles may make higher or lower. A frame
// that has no height yet will get one.
function fill() {
  frame.classList.toggle("common-ground-fractional", window.devicePixelRatio % 1 !== 0);
  if (!window.innerHeight || frame.clientHeight === window.innerHeight) return;
  frame.style.height = `${window.innerHeight}px`;
  map.invalidateSize();
}
window.addEventListener("resize", fill);
fill();

map.on("resize", () => state && lookAt(state.view));
areas.on("load", markPainted);
areas.on("loading", () => warn("areas", ""));
areas.on("lost", () => warn("areas", "Part of the map could not be loaded."));

// The letters of a state that names a file of them: all but those of the areas in `kept`, runs of
// [from, before), are faded. Each file is asked for once.
const letterFiles = {};
async function lettersOf({ file, kept }) {
  letterFiles[file] ||= fetch(address(options.static + file)).then((answer) => {
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.text();
  });
  const letters = await letterFiles[file].catch((error) => {
    delete letterFiles[file];
    throw error;
  });
  if (!kept) return letters;
  const faded = letters.toLowerCase();
  const ends = [0, ...kept.flat(), letters.length];
  return ends.slice(1).map((end, k) => (k % 2 ? letters : faded).slice(ends[k], end)).join("");
}

const opened = Object.values(files)[0].open().then(
  () => true,
  () => {
    window.commonGroundFailed("its shapes did not load.");
    return false;
  },
);

window.commonGround = {
  ready: false,
  painted: 0,
  set(next) {
    asked = next;
    if (!next.file) return this.draw(next);
    lettersOf(next).then(
      (values) => asked === next && this.draw({ ...next, values }),
      () => warn("areas", "The colours of the map could not be loaded. Reload the page."),
    );
  },
  draw(next) {
    const first = !state;
    state = next;
    lookAt(state.view);
    setBackground(state.background);
    areas.setState(state);
    if (first) {
      opened.then((found) => found && areas.addTo(map) && overlay.addTo(map));
      const showPoints = () => {
        points.addTo(map);
        setPoints(state.points);
      };
      // Places in files wait for the areas: what a reader looks at first is fetched first. Those
      // that came with the state are here.
      if (state.points.some((kind) => kind.url)) areas.once("load", showPoints);
      else showPoints();
    } else {
      tip.remove();
      if (overlay._map) overlay.draw();
      markPainted();
      if (points._map) setPoints(state.points);
    }
    setMarker(state.marker);
    this.ready = true;
    performance.mark("common-ground-ready");
  },
  viewport() {
    const { lat, lng } = map.getCenter();
    const places = 5;
    return { lat: +lat.toFixed(places), lon: +lng.toFixed(places), zoom: map.getZoom() };
  },
};
