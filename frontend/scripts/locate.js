// <form data-locate>: a button takes the position once and fills latitude and longitude; nothing is kept elsewhere.
document.querySelectorAll("form[data-locate]").forEach((form) => {
  const button = form.querySelector("[data-locate-button]");
  const note = form.querySelector("[data-locate-note]");
  if (!button || !navigator.geolocation) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    note.textContent = form.dataset.locating;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.latitude.value = coords.latitude.toFixed(6);
        form.elements.longitude.value = coords.longitude.toFixed(6);
        note.textContent = form.dataset.located.replace("{n}", Math.round(coords.accuracy));
      },
      () => { note.textContent = form.dataset.lost; },
      { enableHighAccuracy: true, timeout: 15000 },
    );
  });
});
