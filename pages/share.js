// Makes the link to what is on screen: the address bar, plus where the map is looking now; and from
// it a code that phones read, which the server draws, and the frame for another site.
const EVERY_MS = 500;

export default function (component) {
  const root = component.parentElement;
  const find = (selector) => root.querySelector(selector);
  const panel = find(".panel");
  const { viewport: wanted, embed, code } = component.data;

  function link() {
    const url = new URL(window.location.href);
    url.hash = "";
    const frame = document.querySelector('iframe[title*="st_folium"]');
    const engine = frame && frame.contentWindow && frame.contentWindow.commonGround;
    const viewport = wanted && engine && engine.viewport && engine.viewport();
    if (viewport) {
      const { lat, lon, zoom } = viewport;
      url.searchParams.set("at", [lat.toFixed(5), lon.toFixed(5), zoom.toFixed(2)].join(","));
    }
    return url;
  }

  const written = (url) => url.href.replace(/%2C/g, ",");

  // Whoever scans the code off the wall, or reads the other site, is not in the meeting.
  function linkForOthers() {
    const url = link();
    url.searchParams.delete("meeting");
    return url;
  }

  function snippet() {
    const url = linkForOthers();
    url.searchParams.set("embed", "true");
    const safe = (text) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
    return `<iframe src="${safe(written(url))}" title="${safe(document.title)}" width="100%" ` +
      'height="600" loading="lazy" style="border:0"></iframe>';
  }

  async function copy(text, said, field) {
    field.value = text;
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = field.type === "text" ? "Link copied." : "Embed code copied.";
      if (field.type === "text") field.hidden = true;
    } catch {
      // Clipboards are closed to pages without https: the reader copies by hand.
      field.hidden = false;
      field.select();
      said.textContent = "Press Ctrl+C (or hold and choose Copy) to copy it.";
    }
  }

  // The code and the frame follow the view for as long as they are in sight.
  function follow() {
    const text = written(linkForOthers());
    if (document.activeElement !== find(".snippet")) find(".snippet").value = snippet();
    const image = find(".code");
    if (code.link === text) {
      image.hidden = !code.svg;
      find(".code-said").textContent = code.svg
        ? "Point a phone’s camera at it to open this view."
        : "This link is too long for a code that phones can read. Copy the link instead.";
      if (code.svg) {
        image.src = `data:image/svg+xml,${encodeURIComponent(code.svg)}`;
        image.alt = `QR code of the link to ${document.title}: ${text}`;
      }
    } else {
      image.hidden = true;
      find(".code-said").textContent = "Making the code…";
      if (panel.askedFor !== text) component.setStateValue("link", text);
      panel.askedFor = text;
    }
  }

  function place() {
    const button = find(".more").getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = panel;
    const within = (value, most) => Math.max(12, Math.min(value, most - 12));
    panel.style.left = `${within(button.left, window.innerWidth - width)}px`;
    panel.style.top = `${within(button.bottom + 6, window.innerHeight - height)}px`;
  }

  function shown() {
    clearInterval(panel.timer);
    if (!panel.matches(":popover-open")) {
      panel.askedFor = null;
      return;
    }
    follow();
    place();
    panel.timer = setInterval(follow, EVERY_MS);
  }

  // Streamlit calls this again with each answer of the server: what it sets replaces what was set.
  find(".copy").onclick = () => copy(written(link()), find(".said"), find(".link"));
  find(".copy-snippet").onclick = () => copy(snippet(), find(".snippet-said"), find(".snippet"));
  find(".embed").hidden = !embed;
  panel.ontoggle = shown;
  shown();
  return () => clearInterval(panel.timer);
}
