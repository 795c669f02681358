"use strict";
// What a reader may do with the report. Without this script it is all there to be read and printed.
(() => {
  const byId = (id) => document.getElementById(id);
  const make = (tag, props = {}, ...inside) => {
    const made = Object.assign(document.createElement(tag), props);
    made.append(...inside);
    return made;
  };
  const said = byId("cf_said");
  const say = (text) => { said.textContent = ""; requestAnimationFrame(() => { said.textContent = text; }); };
  const tables = [...document.querySelectorAll("main table")];
  const rowsOf = (table) => [...table.tBodies[0].rows];
  const { figures, texts } = JSON.parse(byId("cf_figures").textContent);

  // -- Regions that need no scrolling are no stop for the keyboard, and keep their headings in sight.
  const fit = () => {
    for (const region of document.querySelectorAll(".scroll")) {
      region.classList.remove("fits");
      const fits = region.scrollWidth <= region.clientWidth;
      region.classList.toggle("fits", fits);
      if (fits) { region.removeAttribute("tabindex"); region.removeAttribute("role"); region.removeAttribute("aria-labelledby"); }
      else { region.tabIndex = 0; region.setAttribute("role", "region"); region.setAttribute("aria-labelledby", region.dataset.names); }
    }
  };
  for (const region of document.querySelectorAll(".scroll")) region.dataset.names = region.getAttribute("aria-labelledby");

  // -- Figures open their explanation. One of each table is a stop; arrows lead to the others.
  const dialog = byId("cf_told"), title = byId("cf_told_title"), body = byId("cf_told_body");
  const path = byId("cf_told_path"), back = byId("cf_told_back");
  let trail = [], opener = null;
  const part = ([sign, number, ...told]) => {
    const [label, amount] = number < 0 ? told : [figures[number].t, figures[number].a];
    const name = number < 0 ? label : make("button", { type: "button", textContent: label });
    if (number >= 0) name.addEventListener("click", () => { trail.push(number); tell(); });
    return make("tr", {}, make("td", { textContent: sign }), make("th", { scope: "row" }, name), make("td", { textContent: amount }));
  };
  const tell = () => {
    const one = figures[trail[trail.length - 1]];
    title.textContent = one.t;
    path.textContent = trail.slice(0, -1).map((number) => figures[number].t).join(" › ");
    back.hidden = trail.length < 2;
    body.replaceChildren(make("p", { className: "amount", textContent: [one.a, one.u].filter(Boolean).join(" ") }), make("p", { textContent: one.w || "" }));
    if (one.f) body.append(make("p", { textContent: one.f }));
    if (one.p) {
      const heading = make("caption", { textContent: one.p[0][0] ? "It is the sum of" : "It is worked out from" });
      const head = make("thead", {}, make("tr", {}, ...["Sign", "Figure", "Amount"].map((text) =>
        make("th", { scope: "col" }, make("span", { className: "unseen", textContent: text })))));
      body.append(make("table", {}, heading, head, make("tbody", {}, ...one.p.map(part))));
    }
    const facts = (one.d || []).map((fact) => fact.map((at) => texts[at]));
    if (one.n) facts.push(["Ask again", `cfbudget explain ${one.n}`]);
    body.append(make("dl", {}, ...facts.flatMap(([word, text]) => [make("dt", { textContent: word }), make("dd", { textContent: text })])));
    dialog.scrollTop = 0;
    title.focus();
  };
  const open = (button) => {
    opener = button;
    trail = [Number(button.parentNode.dataset.x)];
    dialog.showModal();
    tell();
  };
  back.addEventListener("click", () => { trail.pop(); tell(); });
  byId("cf_told_close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => { if (opener) opener.focus(); });
  const buttonsOf = (table) => [...table.querySelectorAll("td > button")].filter((one) => !one.closest("tr").hidden);
  const step = (button, across, down) => {
    const cell = button.parentNode, rows = rowsOf(cell.closest("table")).filter((row) => !row.hidden);
    let row = rows.indexOf(cell.parentNode), column = cell.cellIndex;
    for (;;) {
      row += down; column += across;
      const to = rows[row] && rows[row].cells[column];
      if (!to) return null;
      const found = to.querySelector(":scope > button");
      if (found) return found;
    }
  };
  const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const keys = (event) => {
    const button = event.target.closest("td > button");
    if (!button || event.ctrlKey || event.altKey || event.metaKey) return;
    const table = button.closest("table");
    let to = null;
    if (event.key in MOVES) to = step(button, ...MOVES[event.key]);
    else if (event.key === "Home") to = buttonsOf(table)[0];
    else if (event.key === "End") to = buttonsOf(table).pop();
    else return;
    event.preventDefault();
    if (to) { stop(table, to); to.focus(); }
  };
  const stop = (table, button) => {
    for (const other of table.querySelectorAll("td > button[tabindex='0']")) other.tabIndex = -1;
    if (button) button.tabIndex = 0;
  };
  for (const table of tables) {
    for (const cell of table.querySelectorAll("td[data-x]")) {
      const one = figures[cell.dataset.x];
      const button = make("button", { type: "button", tabIndex: -1, textContent: cell.textContent });
      button.setAttribute("aria-haspopup", "dialog");
      button.title = one.t;
      cell.replaceChildren(button);
    }
    stop(table, buttonsOf(table)[0]);
    table.addEventListener("keydown", keys);
    table.addEventListener("click", (event) => {
      const button = event.target.closest("td > button");
      if (button) { stop(table, button); open(button); }
    });
  }

  // -- Sorting: lines that stand together change places; headings and totals stay where they are.
  const runsOf = (rows) => {
    const runs = [];
    let run = null, met = new Set();
    for (const row of rows) {
      const depth = row.cells[0].className;
      const isLine = !row.className && (row.dataset.r ? row.dataset.r === "line" : row.cells[1] && row.cells[1].textContent !== "");
      if (isLine && met.has(row.dataset.i)) return [];
      if (row.dataset.i) met.add(row.dataset.i);
      if (isLine && run && run.depth === depth) run.rows.push(row);
      else if (isLine) runs.push(run = { depth, rows: [row] });
      else run = null;
    }
    return runs.filter((one) => one.rows.length > 1);
  };
  const valueOf = (row, column) => {
    const cell = row.cells[column];
    if (column > 0 && cell.dataset.v !== undefined) return Number(cell.dataset.v);
    return cell.textContent.trim();
  };
  const compare = (a, b) => {
    const isNumber = [typeof a === "number", typeof b === "number"];
    if (isNumber[0] && isNumber[1]) return a - b;
    if (isNumber[0] !== isNumber[1]) return isNumber[0] ? -1 : 1;
    return a.localeCompare(b, "en-GB", { numeric: true });
  };
  const sortable = (table) => {
    const plan = rowsOf(table), runs = runsOf(plan);
    if (!runs.length) return;
    const heads = [...table.tHead.rows[0].cells];
    const order = ["none", "ascending", "descending"];
    for (const [column, head] of heads.entries()) {
      if (!head.textContent.trim()) continue;
      const name = head.textContent;
      const button = make("button", { type: "button", title: "Sort: up, down, then back to the plan's order" }, ...head.childNodes);
      head.replaceChildren(button);
      head.setAttribute("aria-sort", "none");
      button.addEventListener("click", () => {
        const way = order[(order.indexOf(head.getAttribute("aria-sort")) + 1) % 3];
        for (const other of heads) if (other.hasAttribute("aria-sort")) other.setAttribute("aria-sort", "none");
        head.setAttribute("aria-sort", way);
        const to = new Map(plan.map((row) => [row, row]));
        if (way !== "none") {
          const turn = way === "ascending" ? 1 : -1;
          for (const { rows } of runs) {
            const sorted = [...rows].sort((a, b) => turn * compare(valueOf(a, column), valueOf(b, column)));
            rows.forEach((row, at) => to.set(row, sorted[at]));
          }
        }
        table.tBodies[0].append(...plan.map((row) => to.get(row)));
        stop(table, buttonsOf(table)[0]);
        const within = runs.length > 1 ? ", within each group" : "";
        say(way === "none" ? "In the plan's order." : `Sorted by ${name}, ${way}${within}.`);
      });
    }
  };

  // -- Copying: a table as CSV, its figures as plain decimals in the unit that is shown.
  const quoted = (text) => (/[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
  const words = (text) => quoted(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
  const csvOf = (table) => {
    const lines = [[...table.tHead.rows[0].cells].map((cell) => words(cell.textContent.trim()))];
    for (const row of rowsOf(table)) {
      if (row.hidden) continue;
      lines.push([...row.cells].map((cell) => (cell.dataset.v !== undefined ? cell.dataset.v : words(cell.textContent.trim()))));
    }
    return lines.map((line) => line.join(",") + "\r\n").join("");
  };
  const copied = async (text) => {
    try { await navigator.clipboard.writeText(text); return true; } catch { /* an older way is left */ }
    const area = make("textarea", { value: text, className: "unseen" });
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  };
  const copier = (table) => {
    const button = make("button", { type: "button", textContent: "Copy as CSV" });
    button.setAttribute("aria-describedby", table.caption.id);
    const answer = make("span");
    button.addEventListener("click", async () => {
      const rows = rowsOf(table), shown = rows.filter((row) => !row.hidden).length;
      const of = shown < rows.length ? `${shown} of ${rows.length} rows, those found` : `${shown} rows`;
      answer.textContent = (await copied(csvOf(table))) ? `Copied: ${of}.` : "The browser refused to copy.";
      say(answer.textContent);
      button.focus();
    });
    table.closest(".scroll").after(make("p", { className: "tools" }, button, answer));
  };
  for (const table of tables) { sortable(table); copier(table); }

  // -- Search: of the tables of options, the rows that say what is typed. No total changes.
  const optionsOf = (table) => table.querySelectorAll("tr[data-r='line'][data-s]").length;
  const most = Math.max(...tables.map(optionsOf));
  const searched = tables.filter((table) => most > 0 && optionsOf(table) === most);
  const folded = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f’']/g, "").toLowerCase();
  const textOf = new Map();
  for (const table of searched) for (const row of rowsOf(table)) {
    const shown = [...row.cells].filter((cell) => cell.dataset.v === undefined).map((cell) => cell.textContent);
    textOf.set(row, folded(`${shown.join(" ")} ${row.dataset.s || ""}`));
  }
  const notes = new Map();
  const depthOf = (row) => Number((/\bd(\d)/.exec(row.cells[0].className) || [0, 0])[1]);
  const filter = (table, wanted) => {
    const rows = rowsOf(table);
    const lines = rows.filter((row) => row.dataset.r === "line" && row.dataset.s);
    const found = new Set(lines.filter((row) => wanted.every((word) => textOf.get(row).includes(word))));
    rows.forEach((row, at) => {
      if (!wanted.length) { row.hidden = false; return; }
      if (row.dataset.r === "line") { row.hidden = !found.has(row); return; }
      if (row.dataset.r === "total") { row.hidden = false; return; }
      if (row.dataset.r === "subtotal") { row.hidden = true; return; }
      // A heading stays where a line within it does.
      row.hidden = true;
      for (const below of rows.slice(at + 1)) {
        if (depthOf(below) <= depthOf(row)) break;
        if (found.has(below)) { row.hidden = false; break; }
      }
    });
    stop(table, buttonsOf(table)[0]);
    let note = notes.get(table);
    if (!note) { note = make("p", { className: "filtered" }); notes.set(table, note); table.closest(".scroll").before(note); }
    note.hidden = !wanted.length;
    note.textContent = `Only what is searched for is shown: ${found.size} of ${lines.length} options. The total is of all.`;
    return found.size;
  };
  const box = byId("cf_search"), where = byId("cf_where"), count = byId("cf_found");
  const search = () => {
    const wanted = folded(box.value).split(/\s+/).filter(Boolean);
    where.replaceChildren();
    let found = 0;
    for (const table of searched) {
      found = filter(table, wanted);
      if (wanted.length && found) {
        const section = table.closest("section").querySelector("h2");
        const link = make("a", { href: `#${table.id}`, textContent: `${section.textContent}: ${found}` });
        where.append(make("li", {}, link));
      }
    }
    count.textContent = wanted.length ? `${found} of ${most} options found.` : "";
    fit();
  };
  if (searched.length) { byId("cf_find").hidden = false; box.addEventListener("input", search); }

  // -- Contents: closed on a narrow screen, and the part that is being read is marked.
  const contents = document.querySelector("nav details"), wide = matchMedia("(min-width: 70rem)");
  const fold = () => { contents.open = wide.matches; };
  fold();
  wide.addEventListener("change", fold);
  const links = new Map([...document.querySelectorAll("nav a")].map((link) => [link.hash.slice(1), link]));
  const watch = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) {
      if (!isIntersecting) continue;
      for (const link of links.values()) link.removeAttribute("aria-current");
      links.get(target.getAttribute("aria-labelledby")).setAttribute("aria-current", "true");
    }
  }, { rootMargin: "0px 0px -80% 0px" });
  for (const section of document.querySelectorAll("main > section")) watch.observe(section);

  fit();
  new ResizeObserver(fit).observe(document.body);
})();
