import "htmx.org/dist/htmx.esm.js";
import "./preferences.js";
import "./dialogs.js";
import "./toasts.js";
import "./unsaved.js";
import "./uploads.js";
import "./selection.js";
import "./enhance-charts.js";
