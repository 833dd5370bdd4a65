// Enhancement only: every page works without this file.
"use strict";
(() => {
  const root = document.documentElement;

  // The theme changes at once; the cookie is set in the background.
  const forms = document.querySelectorAll("form.theme");
  for (const form of forms) {
    form.addEventListener("submit", (event) => {
      const button = event.submitter;
      if (!button || button.name !== "theme") return;
      event.preventDefault();
      if (button.value === "system") root.removeAttribute("data-theme");
      else root.dataset.theme = button.value;
      for (const other of form.querySelectorAll("button")) {
        other.setAttribute("aria-pressed", String(other === button));
      }
      fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, button)), redirect: "manual" }).catch(() => form.submit());
    });
  }

  // Every piece and note of a statement is marked together with the one that the address names.
  const mark = (id) => {
    for (const element of document.querySelectorAll(".here[data-of]")) element.classList.remove("here");
    if (!id) return;
    for (const element of document.querySelectorAll("[data-of]")) {
      if (element.dataset.of.split(" ").includes(id)) element.classList.add("here");
    }
  };
  const named = () => {
    const place = decodeURIComponent(location.hash.slice(1));
    return place.startsWith("s-") ? place.slice(2) : null;
  };
  const follow = () => mark(named());
  addEventListener("hashchange", follow);
  follow();

  // What stands beside the text on wide screens is folded on narrow ones.
  const narrow = matchMedia("(max-width: 70rem)");
  const fold = () => {
    for (const details of document.querySelectorAll(".contents details, .notes details")) details.open = !narrow.matches;
  };
  narrow.addEventListener("change", fold);
  fold();
  const filters = document.querySelector(".filters");
  if (filters && matchMedia("(max-width: 46rem)").matches) filters.open = false;

  // Escape hides what a term means until the pointer or the focus goes elsewhere.
  const report = document.querySelector(".report");
  const hush = (on) => { if (report) report.classList.toggle("hushed", on); };
  for (const kind of ["mouseover", "focusin"]) addEventListener(kind, () => hush(false));

  // Steps through the statements of the text.
  const step = (by) => {
    const places = [...document.querySelectorAll(".report [id^='s-']")];
    if (!places.length) return false;
    const id = named();
    let at = places.findIndex((place) => place.id === "s-" + id);
    if (at < 0) {
      const below = places.findIndex((place) => place.getBoundingClientRect().top > 90);
      at = below < 0 ? places.length : below - (by > 0 ? 1 : 0);
    }
    const next = places[Math.min(Math.max(at + by, 0), places.length - 1)];
    history.replaceState(null, "", "#" + encodeURIComponent(next.id));
    mark(next.id.slice(2));
    next.scrollIntoView({ block: "center" });
    const link = next.matches("a") ? next : next.parentElement.querySelector(`a[data-of~="${CSS.escape(next.id.slice(2))}"]`);
    if (link) link.focus({ preventScroll: true });
    return true;
  };

  addEventListener("keydown", (event) => {
    if (root.dataset.shortcuts === "off" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target.closest && event.target.closest("input, select, textarea");
    // A page that searches in itself has its own field; all others the one in the head.
    const search = document.getElementById("q") || document.getElementById("find");
    if (event.key === "Escape" && document.querySelector(".report:not(.hushed) a.term:is(:hover, :focus-visible)")) {
      hush(true);
      return;
    }
    if (event.key === "Escape") {
      if (typing && typing.type === "search") { typing.value = ""; typing.blur(); }
      else if (named()) { mark(null); history.replaceState(null, "", location.pathname + location.search); }
      return;
    }
    if (typing) return;
    if (event.key === "/" && search) { event.preventDefault(); search.focus(); search.select(); }
    if (event.key === "j" && step(1)) event.preventDefault();
    if (event.key === "k" && step(-1)) event.preventDefault();
  });
  // The form of a duty: entry fields are walked like the cells of a sheet, and nothing typed is left by accident.
  const sheet = document.querySelector("form.sheet");
  if (sheet) {
    const content = () => new URLSearchParams(new FormData(sheet)).toString();
    const before = content();
    const keep = (event) => { if (sheet.dataset.unsaved || content() !== before) event.preventDefault(); };
    addEventListener("pageshow", () => addEventListener("beforeunload", keep));
    // Without the question the browser keeps the page as it is, for the way back.
    sheet.addEventListener("submit", () => removeEventListener("beforeunload", keep));
    sheet.addEventListener("keydown", (event) => {
      if (event.isComposing || event.altKey || event.shiftKey) return;
      const field = event.target;
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        const submit = sheet.querySelector("button[name='act'][value='submit']");
        if (submit) { event.preventDefault(); sheet.requestSubmit(submit); }
        return;
      }
      const by = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!by || event.ctrlKey || event.metaKey || !field.matches("input[type='text']")) return;
      event.preventDefault();
      const column = [...sheet.querySelectorAll(`input[name^="${field.name.replace(/\d+$/, "")}"]`)];
      const next = column[column.indexOf(field) + by];
      if (next) { next.focus(); next.select(); }
    });
  }

  // Copies a table, cell by cell, for a spreadsheet; what is there only for readers of the page's text is left out.
  const lines = (table) => [...table.rows].map((row) => [...row.cells].map((cell) => {
    const copy = cell.cloneNode(true);
    for (const part of copy.querySelectorAll("small, svg, .unseen, li")) {
      if (part.matches("small, li")) part.prepend(" ");
      else part.remove();
    }
    return copy.textContent.replace(/\s+/g, " ").trim();
  }).join("\t")).join("\n");
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const table = document.querySelector(button.dataset.copy);
      if (!table) return;
      const area = document.createElement("textarea");
      area.value = lines(table);
      area.className = "unseen";
      document.body.append(area);
      area.select();
      // Works without TLS, too, where a browser offers no other clipboard.
      const done = document.execCommand("copy");
      area.remove();
      button.focus();
      const said = button.nextElementSibling;
      if (said && done) said.textContent = button.dataset.copied;
    });
  }

  if (location.hash === "#q") { const q = document.getElementById("q"); if (q) q.focus(); }
})();
