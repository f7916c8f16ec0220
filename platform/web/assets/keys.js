// One key goes where a link or a field with data-key is, while nothing is typed; who needs their
// keys for something else switches that off (WCAG 2.1.4). Escape leaves a field.
const about = document.querySelector(".keys");
if (about) {
  const keyed = [...document.querySelectorAll("[data-key]")];
  const isOff = () => localStorage.getItem("carnet-keys") === "off";
  const marks = keyed.map((one) => {
    const mark = document.createElement("kbd");
    mark.textContent = one.dataset.key.toUpperCase();
    mark.setAttribute("aria-hidden", "true");
    (one.labels?.[0] ?? one).append(" ", mark);
    return mark;
  });
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button link";
  const help = document.createElement("span");
  const show = () => {
    help.textContent = about.dataset.help;
    button.textContent = isOff() ? about.dataset.on : about.dataset.off;
    for (const mark of marks) mark.hidden = isOff();
    for (const one of keyed) {
      if (isOff()) one.removeAttribute("aria-keyshortcuts");
      else one.setAttribute("aria-keyshortcuts", one.dataset.key);
    }
  };
  button.addEventListener("click", () => {
    localStorage.setItem("carnet-keys", isOff() ? "on" : "off");
    show();
  });
  about.append(help, " ", button);
  about.hidden = false;
  show();
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, select, textarea, dialog");
    if (event.key === "Escape" && typing) event.target.blur();
    if (isOff() || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const one = keyed.find((each) => each.dataset.key === event.key.toLowerCase());
    if (!one) return;
    event.preventDefault();
    if (one.href) one.click();
    else one.focus();
  });
}
