// Loaded before every other script, from no address: if one of them cannot be had, or fails as it
// starts, the reader sees why the frame is empty. Also asks for all scripts at once.
function guard(addresses) {
  "use strict";
  for (const address of addresses) {
    const hint = document.createElement("link");
    hint.rel = "preload";
    hint.as = "script";
    hint.href = address;
    // The component writes the head anew, which would ask for a hint that is still there again.
    hint.onload = hint.onerror = () => hint.remove();
    document.head.appendChild(hint);
  }
  window.commonGroundFailed = function (reason) {
    const frame = document.getElementById("map_div");
    if (!frame || document.querySelector(".common-ground-message")) return;
    const message = document.createElement("p");
    message.className = "common-ground-message";
    message.setAttribute("role", "alert");
    message.style.cssText =
      "position:absolute;inset:0;z-index:2000;margin:0;padding:2rem;display:flex;" +
      "align-items:center;justify-content:center;text-align:center;background:#f3f2f1;" +
      "color:#0b0c0c;font:1.125rem/1.5 system-ui,sans-serif";
    message.textContent =
      "The map could not be drawn: " + reason + " The table below has the same figures.";
    frame.style.position = "relative";
    frame.appendChild(message);
    if (window.Streamlit) window.Streamlit.setFrameHeight(parseInt(frame.style.height, 10) || 400);
  };
  window.addEventListener(
    "error",
    (event) => {
      const tag = event.target && event.target.tagName;
      if (tag === "SCRIPT" || (tag === "LINK" && event.target.rel === "stylesheet"))
        window.commonGroundFailed("a script did not load.");
      else if (event.target === window && !(window.commonGround && window.commonGround.ready))
        window.commonGroundFailed("a script did not run.");
    },
    true,
  );
}
