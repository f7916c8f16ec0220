// Subscribes this browser and hands its subscription to a plain form.
const place = document.querySelector("#cet-appareil");
const form = place?.querySelector("form");
const said = place?.querySelector("[role=status]");
const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const refuse = (sentence) => {
  said.textContent = sentence;
  form.hidden = true;
};

async function subscription() {
  const worker = await navigator.serviceWorker.register("/notifications/veille.js");
  const options = { userVisibleOnly: true, applicationServerKey: bytes(place.dataset.key) };
  const known = await worker.pushManager.getSubscription();
  try {
    return await worker.pushManager.subscribe(options);
  } catch (error) {
    // Subscribed by an older key of the installation.
    if (!known || error.name !== "InvalidStateError") throw error;
    await known.unsubscribe();
    return await worker.pushManager.subscribe(options);
  }
}

if (form && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window) {
  place.querySelector(".without-script").hidden = true;
  if (Notification.permission === "denied") refuse(place.dataset.refused);
  else form.hidden = false;
  form.addEventListener("submit", async (event) => {
    if (form.elements.endpoint.value) return;
    event.preventDefault();
    said.textContent = "";
    if ((await Notification.requestPermission()) !== "granted") {
      refuse(place.dataset.refused);
      return;
    }
    try {
      const given = (await subscription()).toJSON();
      form.elements.endpoint.value = given.endpoint;
      form.elements.p256dh.value = given.keys.p256dh;
      form.elements.auth.value = given.keys.auth;
      form.requestSubmit();
    } catch {
      said.textContent = place.dataset.failed;
    }
  });
}
