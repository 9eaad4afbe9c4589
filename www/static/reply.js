/* Answers where one reads, keeps what is typed; the page works without. */
(function (d) {
"use strict";
var form = d.getElementById("commentform"), box = d.getElementById("respond");
if (!form) return;
var text = form.comment, parent = form.parent, fixed = parent.value,
 cancel = box.querySelector(".cancel"), title = box.querySelector("h2 span"),
 words = title.textContent, home = d.createComment(""), link,
 key = "draft " + location.pathname, sent = "sent " + key;

function move(to) {
 link = to;
 if (to) to.closest("article").after(box); else home.after(box);
 parent.value = to ? to.dataset.reply : "";
 title.textContent = to ? box.dataset.to.split("%s").join(to.dataset.name) : words;
 cancel.hidden = !to;
}
function keep() {
 try { sessionStorage[key] = parent.value + " " + text.value; } catch (e) {}
}

box.before(home);
if (!fixed) d.addEventListener("click", function (e) {
 var a = e.target.closest("a[data-reply]"), from = link;
 if (e.ctrlKey || e.metaKey || e.shiftKey) return;
 if (a) { move(a); text.focus(); }
 else if (from && e.target === cancel) { move(); from.focus(); }
 else return;
 e.preventDefault();
 keep();
});
text.oninput = keep;
try {
 form.onsubmit = function () { sessionStorage[sent] = 1; };
 if (sessionStorage[sent] && (/^#comment-/.test(location.hash) || d.querySelector(".wait"))) delete sessionStorage[key];
 delete sessionStorage[sent];
 var old = /^(\d*) ([^]+)/.exec(sessionStorage[key]);
 if (!old || text.value) return;
 text.value = old[2];
 link = d.querySelector('a[data-reply="' + old[1] + '"]');
 if (link && !fixed) move(link);
} catch (e) {}
})(document);
