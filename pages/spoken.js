// Says a sentence to screen readers when it changes: the region stays in the document whatever the
// page does, and only its words change. Words that come in quick steps are said once, at the end.
const ID = "cg-spoken";
const SETTLED_MS = 250, GONE_MS = 1000;

function region() {
  const found = document.getElementById(ID);
  if (found) return found;
  const made = document.createElement("div");
  made.id = ID;
  made.className = "cg-unseen";
  made.setAttribute("role", "status");
  made.setAttribute("aria-live", "polite");
  return document.body.appendChild(made);
}

function say(text, wait) {
  const spoken = region();
  clearTimeout(spoken.timer);
  spoken.timer = setTimeout(() => {
    if (spoken.textContent !== text) spoken.textContent = text;
  }, wait);
}

export default function (component) {
  say(component.data.text, SETTLED_MS);
  // A page without a sentence leaves none behind; the next one is said in place of the silence.
  return () => say("", GONE_MS);
}
