/* Answer below a comment; keep a draft. */
(function (d) {
var form = d.getElementById("commentform"), box = d.getElementById("respond");
if (!form) return;
var text = form.comment, parent = form.parent, fixed = parent.value,
 cancel = box.querySelector(".cancel"), title = box.querySelector("h2 span"),
 words = title.textContent, home = new Comment, link, key = "draft " + location.pathname, sent = "sent " + key;
function move(to) {
 link = to;
 (to ? to.closest("article") : home).after(box);
 parent.value = to ? to.dataset.reply : "";
 title.textContent = to ? box.dataset.to.split("%s").join(to.dataset.name) : words;
 cancel.hidden = !to;
}
function keep() { try { sessionStorage[key] = parent.value + " " + text.value; } catch (e) {} }
box.before(home);
if (!fixed) d.addEventListener("click", (e) => {
 var a = e.target.closest("a[data-reply]"), from = link;
 if (e.ctrlKey || e.metaKey) return;
 if (a) { move(a); text.focus(); }
 else if (from && e.target == cancel) { move(); from.focus(); }
 else return;
 e.preventDefault(); keep();
});
text.oninput = keep;
try {
 var store = sessionStorage;
 form.onsubmit = () => { store[sent] = 1; };
 if (store[sent] && (/^#comment-/.test(location.hash) || d.querySelector(".wait"))) delete store[key];
 delete store[sent];
 var old = /^(\d*) ([^]+)/.exec(store[key]);
 if (!old || text.value) return;
 text.value = old[2];
 link = !fixed && d.querySelector('a[data-reply="' + old[1] + '"]');
 if (link) move(link);
} catch (e) {}
})(document);
