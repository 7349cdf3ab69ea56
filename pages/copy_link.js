// Makes the link to what is on screen: the address bar, plus where the map is looking now.
export default function (component) {
  const root = component.parentElement;
  const button = root.querySelector(".copy");
  const said = root.querySelector(".said");
  const field = root.querySelector(".link");

  function link() {
    const url = new URL(window.location.href);
    url.hash = "";
    const frame = document.querySelector('iframe[title*="st_folium"]');
    const engine = frame && frame.contentWindow && frame.contentWindow.commonGround;
    const wanted = component.data && component.data.viewport;
    const viewport = wanted && engine && engine.viewport && engine.viewport();
    if (viewport) {
      const { lat, lon, zoom } = viewport;
      url.searchParams.set("at", [lat.toFixed(5), lon.toFixed(5), zoom.toFixed(2)].join(","));
    }
    return url.href.replace(/%2C/g, ",");
  }

  async function copy() {
    const text = link();
    field.value = text;
    try {
      await navigator.clipboard.writeText(text);
      field.hidden = true;
      said.textContent = "Link copied.";
    } catch {
      // Clipboards are closed to pages without https: the reader copies by hand.
      field.hidden = false;
      field.select();
      said.textContent = "Press Ctrl+C (or hold and choose Copy) to copy the link.";
    }
  }

  button.addEventListener("click", copy);
  return () => button.removeEventListener("click", copy);
}
