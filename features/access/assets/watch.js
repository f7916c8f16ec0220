// Shows that there is something new, and leads there. It keeps nothing and answers no request.
addEventListener("push", (event) => {
  let said = {};
  try {
    said = event.data?.json() ?? {};
  } catch {}
  const body = { body: said.body ?? "", tag: "carnet", renotify: true };
  event.waitUntil(registration.showNotification(said.title ?? "Carnet", body));
});

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(clients.openWindow("/notifications"));
});
