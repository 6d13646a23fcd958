// 走访 on a phone with a poor connection: drafts and records wait on the device, and go out when they can.
import { keepShell } from "./shell.js";
import { sendAll, showCount } from "./queue.js";
import "./outbox.js";
import "./round.js";
import "./visit.js";

const app = document.querySelector("[data-field-user]");

function showNetwork() {
  app.querySelector("[data-field-offline]").hidden = navigator.onLine;
}

if (app) {
  showNetwork();
  showCount();
  keepShell(app);
  window.addEventListener("offline", showNetwork);
  window.addEventListener("online", () => { showNetwork(); sendAll(); });
  if (navigator.onLine) sendAll();
}
