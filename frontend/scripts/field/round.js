// Orders the round by distance from where the phone is. The position never leaves the device.
const order = document.querySelector("[data-field-order]");
const round = document.querySelector("[data-field-round]");

function metres(from, latitude, longitude) {
  const radians = Math.PI / 180, mean = ((from.latitude + latitude) / 2) * radians;
  const north = (latitude - from.latitude) * 111320, east = (longitude - from.longitude) * 111320 * Math.cos(mean);
  return Math.hypot(north, east);
}

const words = (far) => (far < 1000 ? ` · 约 ${Math.max(10, Math.round(far / 10) * 10)} 米` : ` · 约 ${(far / 1000).toFixed(1)} 公里`);

function prepare() {
  const button = order.querySelector("button"), label = button.querySelector("span"), note = order.querySelector("[data-field-order-note]");
  const asGiven = [...round.children];
  const stops = [...round.querySelectorAll(".field-stop")];
  const homes = new Map(stops.map((stop) => [stop, stop.parentElement]));
  let isNear = false;

  function byUrgency() {
    stops.forEach((stop) => { homes.get(stop).append(stop); stop.querySelector("[data-field-distance]").textContent = ""; });
    round.replaceChildren(...asGiven);
    isNear = false;
    label.textContent = button.dataset.near;
    note.textContent = "";
  }

  function byDistance({ coords }) {
    const far = new Map(stops.map((stop) => {
      const { latitude, longitude } = stop.dataset;
      return [stop, latitude ? metres(coords, Number(latitude), Number(longitude)) : Infinity];
    }));
    const list = document.createElement("ul");
    list.className = "field-stops";
    // Nearest first; where nobody has stood yet, neighbours stay together by their address.
    list.append(...[...stops].sort((a, b) => (far.get(a) === far.get(b)
      ? a.dataset.address.localeCompare(b.dataset.address, "zh-CN", { numeric: true }) : far.get(a) - far.get(b))));
    far.forEach((value, stop) => { stop.querySelector("[data-field-distance]").textContent = value === Infinity ? "" : words(value); });
    round.replaceChildren(list);
    isNear = true;
    label.textContent = button.dataset.urgent;
    note.textContent = note.dataset.text;
  }

  button.addEventListener("click", () => {
    if (isNear) return byUrgency();
    note.textContent = button.dataset.finding;
    return navigator.geolocation.getCurrentPosition(byDistance, () => { note.textContent = button.dataset.unknown; }, { timeout: 15000, maximumAge: 60000 });
  });
}

if (order && round && "geolocation" in navigator && window.isSecureContext) {
  order.hidden = false;
  prepare();
}
