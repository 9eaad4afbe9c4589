# Turns schema steps 001.sql, 002.sql … into STEP(1, "text") rows.
function flush() { if (n > 0) printf "STEP(%d, %s)\n", n, text }
FNR == 1 {
	flush(); n++; text = ""
	if (FILENAME !~ sprintf("/%03d\\.sql$", n)) {
		printf "%s: step %d expected\n", FILENAME, n >"/dev/stderr"
		bad = 1; exit 1
	}
}
{ sub(/[ \t]*-- .*/, ""); sub(/^--$/, ""); if ($0 == "") next
  gsub(/\\/, "\\\\"); gsub(/"/, "\\\""); text = text "\n\t\"" $0 "\\n\"" }
END { if (!bad) flush() }
