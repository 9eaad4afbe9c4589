# Turns "-- name: article_by_path public" blocks into an X-macro table,
# STMT(ARTICLE_BY_PATH, DB_PUBLIC, "SELECT ..."), in file order. The second
# word says which kind of handle may run the statement (src/db.h). Comment
# lines before a name are for readers.
function flush() { if (name != "") printf "STMT(%s, %s, \"%s\")\n", name, kind, text }
function die(why) {
	printf "%s:%d: %s: %s\n", FILENAME, FNR, why, $0 >"/dev/stderr"
	bad = 1; exit 1
}
BEGIN { kinds["public"] = "DB_PUBLIC"; kinds["staff"] = "DB_STAFF"; kinds["write"] = "DB_WRITE" }
/^-- name: / {
	flush(); name = toupper($3); text = ""
	if (name !~ /^[A-Z][A-Z0-9_]*$/) die("bad statement name")
	if (name in seen) die("repeated statement name")
	if (!($4 in kinds)) die("a statement is public, staff or write")
	kind = kinds[$4]; seen[name] = 1; next
}
{ sub(/^[ \t]*--.*/, ""); if ($0 == "") next
  if (name == "") die("text before the first name")
  gsub(/\\/, "\\\\"); gsub(/"/, "\\\""); text = text $0 "\\n" }
END { if (!bad) flush() }
