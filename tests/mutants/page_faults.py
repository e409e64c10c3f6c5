"""Deliberate faults of the page's script."""

from .fault import Fault

PAGE_ON_WIRE = "tests/chaos/test_page.py -k "
WRITING = "tests/browser/test_pages.py -k nothing_is_taken"
POLLING = "tests/browser/test_pages.py -k no_socket_gets_through"
PRESSING = "tests/browser/test_presses.py"
A_DAY = "tests/browser/test_newcastle_day.py"

PAGE = [
    Fault(
        "each try has another key",
        "static/js/outbox.js",
        "body: JSON.stringify(entry.body),",
        "body: JSON.stringify({ ...entry.body, key: crypto.randomUUID() }),",
        PAGE_ON_WIRE + "under_its_key",
    ),
    Fault(
        "a server that is busy is the end of an answer",
        "static/js/outbox.js",
        "if (ours && status >= 400 && status < 500 && !TRY_AGAIN.includes(status)) {",
        "if (ours && status >= 400 && !TRY_AGAIN.includes(status)) {",
        PAGE_ON_WIRE + "under_its_key",
    ),
    Fault(
        "any receipt is one's own",
        "static/js/outbox.js",
        "body && body.key === entry.body.key) {",
        "body) {",
        PAGE_ON_WIRE + "under_its_key",
    ),
    Fault(
        "a captive portal's page is a receipt",
        "static/js/outbox.js",
        "if (ours && status >= 200 && status < 300",
        "if (status >= 200 && status < 300",
        PAGE_ON_WIRE + "under_its_key",
    ),
    Fault(
        "the outbox is forgotten with the page",
        "static/js/outbox.js",
        "if (Object.keys(entries).length) localStorage.setItem(this.slot, JSON.stringify(entries));",
        "if (Object.keys(entries).length) throw new Error();",
        PAGE_ON_WIRE + "outlives_the_page",
    ),
    Fault(
        "what failed is never tried again",
        "static/js/outbox.js",
        "else if (kept) this.tryLater();",
        "",
        PAGE_ON_WIRE + "under_its_key",
    ),
    Fault(
        "polling is never started",
        "static/js/connection.js",
        "if (this.paused || this.stopped || this.polling) return;\n    this.polling = true;",
        "return;",
        PAGE_ON_WIRE + "silent_the_page_polls",
    ),
    Fault(
        "a socket that is accepted is healthy",
        "static/js/connection.js",
        'this.after("degrade", DEGRADE_MS, () => this.startPolling());',
        'this.after("degrade", 600000, () => this.startPolling());',
        f"{PAGE_ON_WIRE}silent_the_page_polls",
    ),
    Fault(
        "a poll is the last one",
        "static/js/connection.js",
        'this.after("poll", Math.max(around(this.pollMs), asked), () => this.poll());',
        "",
        POLLING,
    ),
    Fault(
        "no socket is tried twice",
        "static/js/connection.js",
        'if (!this.paused && this.socketAllowed) this.after("retry", ms, () => this.connect());',
        "",
        PAGE_ON_WIRE + "dead_network",
    ),
    Fault(
        "silence is not noticed",
        "static/js/socket.js",
        "this.limit = setTimeout(() => this.end(this.healthy ? SILENT : 1006), ms);",
        "this.limit = 0;",
        PAGE_ON_WIRE + "dead_network",
    ),
    Fault(
        "an older snapshot is shown",
        "static/js/live.js",
        "if (!isNewer(stamp, page.stamp)) return;\n  const restored",
        "const restored",
        PAGE_ON_WIRE + "old_frame",
    ),
    Fault(
        "a region with another hash is not replaced",
        "static/js/regions.js",
        "if (element.dataset.hash === region.h) {",
        "if (element.dataset.hash) {",
        PAGE_ON_WIRE + "silent_the_page_polls",
    ),
    Fault(
        "a region is replaced under somebody's hands",
        "static/js/regions.js",
        "return holdsTyping(element) || hasUnsent(element) || holdsOpened(element) || holdsSelection(element);",
        "return false;",
        WRITING,
    ),
    Fault(
        "a button is replaced between the two halves of a click",
        "static/js/regions.js",
        "  if (pressing) {",
        "  if (false) {",
        PRESSING,
    ),
    Fault(
        "a page waits for a hand that never lets go",
        "static/js/regions.js",
        "pressing = setTimeout(letGo, LONGEST_PRESS_MS);",
        "pressing = true;",
        PRESSING,
    ),
    Fault(
        "what was held is never shown",
        "static/js/regions.js",
        "  held.delete(name);\n  swap(name, element, region);\n}\n\nfunction showHeld",
        "  held.delete(name);\n}\n\nfunction showHeld",
        WRITING,
    ),
    Fault(
        "an answer that is changed has the old number",
        "static/js/answers.js",
        "kept ? kept.edit : 0) + 1;",
        "kept ? kept.edit : 0) || 1;",
        A_DAY,
    ),
]
