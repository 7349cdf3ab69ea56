// Opens and closes the sheet that it is the bar of. Closed, the rest of the sheet is out of sight
// and out of the order of focus; open, nothing holds the focus in it.
export default function (component) {
  const root = component.parentElement;
  const button = root.querySelector(".handle");
  const inPage = root.getRootNode().host || root.host || root;
  const sheet = inPage.closest(".st-key-area-sheet");
  root.querySelector(".title").textContent = component.data.title;
  root.querySelector(".line").textContent = component.data.line;
  if (!sheet) return;

  function show(open) {
    sheet.toggleAttribute("data-open", open);
    if (!open) sheet.scrollTop = 0;
    button.setAttribute("aria-expanded", String(open));
  }
  button.setAttribute("aria-expanded", String(sheet.hasAttribute("data-open")));
  button.onclick = () => show(!sheet.hasAttribute("data-open"));
  sheet.onkeydown = (event) => {
    if (event.key !== "Escape" || !sheet.hasAttribute("data-open")) return;
    show(false);
    button.focus();
  };
}
