// Photos become pages that are turned, cropped, put in order and made smaller before they leave.
// Without this, the form sends the photos as they are.
const box = document.querySelector("#pages");
const form = box?.closest("form");
const [list, status, section] = ["ol", "[role=status]", "section"].map((one) => box?.querySelector(one));
const input = form?.elements.fichier;
const together = form?.elements.ensemble;
const camera = box?.querySelector("#appareil");
// The long side and the quality of a page; the next when all of them weigh too much.
const SIZES = [[2339, 0.8], [1754, 0.75], [1400, 0.65], [1100, 0.55]];
const pages = [];
let size = 0;
let working = Promise.resolve();

const say = (text, page, of = pages.length) =>
  (status.textContent = text.replace("{n}", pages.indexOf(page) + 1).replace("{of}", of));
const encode = (canvas, quality) => new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));

function canvasOf(width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width));
  canvas.height = Math.max(1, Math.round(height));
  return canvas;
}

// The page as it is to be: cut, turned, within a side.
function draw(page, image, side) {
  const { top, right, bottom, left } = page.edges;
  const x = (image.width * left) / 100;
  const y = (image.height * top) / 100;
  const wide = image.width * (1 - (left + right) / 100);
  const high = image.height * (1 - (top + bottom) / 100);
  const scale = Math.min(1, side / Math.max(wide, high));
  const [w, h] = [wide * scale, high * scale];
  const canvas = page.turn % 2 ? canvasOf(h, w) : canvasOf(w, h);
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.translate(canvas.width / 2, canvas.height / 2);
  pen.rotate((page.turn * Math.PI) / 2);
  pen.drawImage(image, x, y, wide, high, -w / 2, -h / 2, w, h);
  if (page.grey) whiten(pen, canvas);
  return canvas;
}

// Paper turns white and ink black, whatever the light was.
function whiten(pen, canvas) {
  const dots = pen.getImageData(0, 0, canvas.width, canvas.height);
  const { data } = dots;
  const counts = new Uint32Array(256);
  for (let at = 0; at < data.length; at += 4) {
    data[at] = (data[at] * 77 + data[at + 1] * 150 + data[at + 2] * 29) >> 8;
    counts[data[at]] += 1;
  }
  const reaches = (part) => {
    let seen = 0;
    return counts.findIndex((count) => (seen += count) >= (part * data.length) / 4);
  };
  const [black, white] = [reaches(0.02), reaches(0.6)];
  for (let at = 0; at < data.length; at += 4) {
    const grey = ((data[at] - black) * 255) / Math.max(white - black, 32);
    data[at] = data[at + 1] = data[at + 2] = grey;
  }
  pen.putImageData(dots, 0, 0);
}

async function render(page) {
  const image = await createImageBitmap(page.source);
  const [side, quality] = SIZES[size];
  page.blob = await encode(draw(page, image, side), quality);
  const shown = draw(page, image, 480);
  image.close();
  const canvas = page.item.querySelector("canvas");
  canvas.width = shown.width;
  canvas.height = shown.height;
  canvas.getContext("2d").drawImage(shown, 0, 0);
}

// One thing after the other: a telephone holds one large image, not twenty.
function work(step) {
  working = working.then(step).catch(() => say(box.dataset.unread));
  return working;
}

async function fit() {
  const heavy = () => pages.reduce((sum, page) => sum + page.blob.size + 1000, 2000) > box.dataset.most;
  while (together.checked && size + 1 < SIZES.length && heavy()) {
    size += 1;
    for (const page of pages) await render(page);
    say(box.dataset.lighter);
  }
}

function number() {
  section.hidden = pages.length === 0;
  input.required = pages.length === 0;
  pages.forEach((page, at) => {
    const name = box.dataset.name.replace("{n}", at + 1).replace("{of}", pages.length);
    page.item.querySelector("canvas").setAttribute("aria-label", name);
    for (const one of page.item.querySelectorAll("[data-do], summary, [data-edge]")) {
      const words = one.textContent || one.parentElement.textContent;
      one.setAttribute("aria-label", box.dataset.button.replace("{do}", words).replace("{n}", at + 1));
    }
    page.item.querySelector("[data-do=grey]").setAttribute("aria-pressed", page.grey);
  });
}

async function add(file) {
  const whole = await createImageBitmap(file);
  const page = { turn: 0, grey: false, edges: { top: 0, right: 0, bottom: 0, left: 0 } };
  // Kept smaller, and without what the camera wrote beside the image.
  page.source = await encode(draw(page, whole, SIZES[0][0]), 0.92);
  whole.close();
  page.name = file.name.replace(/\.[^.]*$/, "") + ".jpg";
  page.item = box.querySelector("template").content.cloneNode(true).firstElementChild;
  page.item.addEventListener("click", (event) => act(page, event.target.closest("[data-do]")));
  page.item.addEventListener("change", (event) => crop(page, event.target));
  await render(page);
  pages.push(page);
  list.append(page.item);
  number();
  say(box.dataset.added, page);
}

function act(page, button) {
  const at = pages.indexOf(page);
  const what = button?.dataset.do;
  if (what === "turn" || what === "grey") {
    if (what === "turn") page.turn = (page.turn + 1) % 4;
    else page.grey = !page.grey;
    number();
    work(() => render(page)).then(fit);
    say(what === "turn" ? box.dataset.turned : page.grey ? box.dataset.greyed : box.dataset.coloured, page);
  } else if (what === "up" || what === "down") {
    const to = at + (what === "up" ? -1 : 1);
    if (!pages[to]) return say(box.dataset.stays, page);
    pages.splice(to, 0, pages.splice(at, 1)[0]);
    list.replaceChildren(...pages.map((one) => one.item));
    number();
    button.focus();
    say(box.dataset.moved, page);
  } else if (what === "remove") {
    say(box.dataset.removed, page, pages.length - 1);
    pages.splice(at, 1);
    page.item.remove();
    number();
    const next = pages[Math.min(at, pages.length - 1)];
    (next?.item.querySelector("[data-do=remove]") ?? input).focus();
  }
}

function crop(page, range) {
  if (!range.dataset.edge) return;
  page.edges[range.dataset.edge] = Number(range.value);
  work(() => render(page)).then(fit);
  say(box.dataset.cropped, page);
}

function take(files) {
  const rest = new DataTransfer();
  for (const file of files) {
    if (!file.type.startsWith("image/") || file.type === "image/tiff") rest.items.add(file);
    else {
      working = working
        .then(() => add(file))
        .catch(() => {
          const kept = new DataTransfer();
          for (const one of [...input.files, file]) kept.items.add(one);
          input.files = kept.files;
          say(box.dataset.unread);
        });
    }
  }
  if (rest.files.length < files.length && pages.length === 0) together.checked = true;
  return rest.files;
}

if (form) {
  box.hidden = false;
  box.querySelector("#photographier").addEventListener("click", () => camera.click());
  input.addEventListener("change", () => {
    input.files = take([...input.files]);
    work(fit);
  });
  camera.addEventListener("change", () => {
    take([...camera.files]);
    camera.value = "";
    work(fit);
  });
  together.addEventListener("change", () => work(fit));
  form.addEventListener("formdata", ({ formData }) => {
    for (const page of pages) formData.append(input.name, page.blob, page.name);
  });
  // What is still being made is waited for.
  let ready = false;
  addEventListener(
    "submit",
    (event) => {
      if (event.target !== form || ready || pages.length === 0) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const { submitter } = event;
      // Within this event the form would not be sent again: after it.
      const send = () => {
        ready = true;
        form.requestSubmit(submitter);
        ready = false;
      };
      work(fit).then(() => setTimeout(send));
    },
    true,
  );
}
