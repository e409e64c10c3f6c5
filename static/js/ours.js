/* What answers a press and is not ours, a captive portal's page for instance, counts as no answer and shows nowhere. */

/** Start; for pages whose presses htmx sends. */
export function startOurs() {
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.getResponseHeader("X-Live") === "1") return;
    event.detail.shouldSwap = false;
    event.detail.isError = true;
  });
}
