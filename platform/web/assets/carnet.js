// Adds to pages that work without it.
const all = (selector) => document.querySelectorAll(selector);

// A button shows and hides what is typed in a password field.
for (const box of all(".reveal")) {
  const input = box.querySelector("input");
  const button = document.createElement("button");
  const label = () => {
    button.textContent = input.type === "password" ? box.dataset.show : box.dataset.hide;
  };
  button.type = "button";
  button.setAttribute("aria-controls", input.id);
  button.addEventListener("click", () => {
    input.type = input.type === "password" ? "text" : "password";
    label();
  });
  input.form?.addEventListener("submit", () => (input.type = "password"));
  label();
  box.append(button);
}

// Menus close on Escape and on a click elsewhere.
const menu = document.querySelector(".profile");
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && menu?.open) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
addEventListener("click", (event) => {
  if (menu?.open && !menu.contains(event.target)) menu.open = false;
});

// The page that asks before a step opens over this one.
for (const link of all("a[data-confirm]")) {
  link.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    try {
      const answer = await fetch(link.href);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const question = page.querySelector("main .confirm");
      if (!answer.ok || !question) throw new Error("no question");
      const dialog = document.createElement("dialog");
      dialog.className = "dialog";
      question.querySelector("h1").id = "question";
      dialog.setAttribute("aria-labelledby", "question");
      dialog.append(question);
      question.querySelector("[data-cancel]")?.addEventListener("click", (cancel) => {
        cancel.preventDefault();
        dialog.close();
      });
      dialog.addEventListener("close", () => dialog.remove());
      document.body.append(dialog);
      dialog.showModal();
    } catch {
      location.assign(link.href);
    }
  });
}

// A form with files shows how much has left, and is sent once.
for (const form of all('form[enctype="multipart/form-data"]')) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter ?? form.querySelector("button:not([type=button])");
    if (button.ariaDisabled === "true") return;
    button.ariaDisabled = "true";
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.ariaLabel = button.textContent;
    button.parentElement.after(bar);
    const request = new XMLHttpRequest();
    request.upload.onprogress = (sent) => (bar.value = sent.loaded / sent.total);
    // The answer is a page: it takes the place of this one, at its own address.
    request.onload = () => {
      history.replaceState(null, "", request.responseURL);
      document.open();
      document.write(request.responseText);
      document.close();
      document.querySelector("[autofocus]")?.focus();
    };
    request.onerror = () => form.submit();
    request.open("POST", form.action);
    request.send(new FormData(form, event.submitter));
  });
}

// Two minutes before the session ends, ask; any answer keeps it.
const expiry = document.querySelector("dialog[data-idle]");
if (expiry) {
  const idle = expiry.dataset.idle * 1000;
  let timer;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(
      () => {
        expiry.showModal();
        timer = setTimeout(() => location.replace(location.pathname), 121000);
      },
      Math.max(idle - 120000, 1000),
    );
  };
  expiry.addEventListener("close", () => fetch(expiry.dataset.stay).then(wait));
  wait();
}
