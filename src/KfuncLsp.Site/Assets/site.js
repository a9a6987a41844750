"use strict";
(() => {
  const root = document.documentElement;
  const store = {
    get() { try { return localStorage.getItem("theme"); } catch { return null; } },
    set(value) { try { localStorage.setItem("theme", value); } catch { /* a page on disk may not be allowed to keep anything */ } },
  };
  if (store.get()) root.dataset.theme = store.get();

  document.addEventListener("DOMContentLoaded", () => {
    theme();
    search();
    filter();
    matrix();
    copy();
  });

  function theme() {
    document.getElementById("theme").addEventListener("click", () => {
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      store.set(root.dataset.theme);
    });
  }

  // Every word must occur: in the name, or else in what it does. Names that begin with the text come first.
  function find(text) {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return [];
    const found = [];
    for (const [name, does] of window.kfuncs || []) {
      const all = name + " " + does.toLowerCase();
      if (!words.every(w => all.includes(w))) continue;
      const inName = words.every(w => name.includes(w));
      found.push({ name, does, rank: name === words[0] ? 0 : name.startsWith(words[0]) ? 1 : inName ? 2 : 3 });
    }
    return found.sort((a, b) => a.rank - b.rank || a.name.length - b.name.length);
  }

  function search() {
    const box = document.getElementById("search");
    const hits = document.getElementById("hits");
    const up = document.body.dataset.up;
    let at = -1;
    const show = () => {
      at = -1;
      hits.replaceChildren(...find(box.value).slice(0, 12).map(hit => {
        const link = document.createElement("a");
        const name = document.createElement("code");
        const does = document.createElement("span");
        link.href = up + "kfunc/" + hit.name + ".html";
        name.textContent = hit.name;
        does.textContent = hit.does;
        link.append(name, does);
        return link;
      }));
      hits.hidden = hits.children.length === 0;
    };
    const mark = step => {
      const links = [...hits.children];
      if (links.length === 0) return;
      at = (at + step + links.length) % links.length;
      links.forEach((link, i) => link.classList.toggle("on", i === at));
      links[at].scrollIntoView({ block: "nearest" });
    };
    box.addEventListener("input", show);
    box.addEventListener("focus", show);
    box.addEventListener("keydown", e => {
      if (e.key === "ArrowDown") { mark(1); e.preventDefault(); }
      else if (e.key === "ArrowUp") { mark(-1); e.preventDefault(); }
      else if (e.key === "Enter") { const link = hits.children[Math.max(at, 0)]; if (link) location.href = link.href; }
      else if (e.key === "Escape") { hits.hidden = true; box.blur(); }
    });
    document.addEventListener("click", e => { if (!e.target.closest(".search")) hits.hidden = true; });
    document.addEventListener("keydown", e => {
      if (e.key === "/" && !e.ctrlKey && !e.metaKey && !e.altKey && !/^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName)) { box.focus(); e.preventDefault(); }
    });
  }

  function filter() {
    const form = document.getElementById("filter");
    if (!form) return;
    const rows = [...document.querySelectorAll("#kfuncs .row")].map(row => ({
      row, name: row.firstChild.textContent, text: row.textContent.toLowerCase(),
      type: row.dataset.t.split(" "), flag: row.dataset.f.split(" "), kernel: row.dataset.k.split(" "),
    }));
    const apply = () => {
      const words = form.q.value.toLowerCase().split(/\s+/).filter(Boolean);
      let count = 0;
      for (const r of rows) {
        const wanted = words.every(w => r.text.includes(w))
          && ["type", "flag", "kernel"].every(n => !form[n].value || r[n].includes(form[n].value));
        r.row.hidden = !wanted;
        if (wanted) count++;
      }
      document.getElementById("count").textContent = count === 1 ? "1 kfunc" : count + " kfuncs";
      document.getElementById("none").hidden = count > 0;
      const query = new URLSearchParams([...new FormData(form)].filter(([, v]) => v));
      try { history.replaceState(null, "", query.size ? "#" + query : location.pathname); } catch { /* not on every disk */ }
    };
    for (const [name, value] of new URLSearchParams(location.hash.slice(1))) if (form.elements[name]) form.elements[name].value = value;
    form.addEventListener("input", apply);
    form.addEventListener("submit", e => e.preventDefault());
    if (location.hash.length > 1) apply();
  }

  function matrix() {
    const table = document.getElementById("matrix");
    if (!table) return;
    const rows = [...table.tBodies[0].rows];
    const narrow = document.getElementById("narrow");
    const only = document.getElementById("only");
    narrow.addEventListener("input", () => {
      for (const row of rows) row.hidden = !row.firstChild.textContent.includes(narrow.value.trim().toLowerCase());
    });
    only.addEventListener("change", () => {
      for (const mark of table.querySelectorAll("td i")) {
        const reach = only.value === "" ? "" : mark.parentNode.className[1 + Number(only.value)];
        mark.style.background = reach === "" ? "" : reach === "2" ? "var(--yes)" : reach === "1" ? "var(--some)" : "none";
      }
    });
  }

  function copy() {
    for (const button of document.querySelectorAll(".copy")) button.addEventListener("click", async () => {
      try { await navigator.clipboard.writeText(button.dataset.copy); button.textContent = "Copied"; }
      catch { getSelection().selectAllChildren(button.nextElementSibling); button.textContent = "Selected"; }
      setTimeout(() => { button.textContent = "Copy declaration"; }, 1500);
    });
  }
})();
