# Catalogues (the first one is the reference) to www/messages.h.  What is
# wrong is told with file and line, all of it, and the build stops.
# POSIX awk; bytes are passed through, so the locale does not matter.

function complain(file, line, text)
{
	print file ":" line ": " text | "cat 1>&2"
	failed = 1
}

function trim(s)
{
	sub(/^ +/, "", s)
	sub(/ +$/, "", s)
	return s
}

# The placeholders a text uses, as a sorted word such as "{1}{3}"; "?" when
# a brace is none.
function placeholders(s,    found, out, i)
{
	while (match(s, /[{}]/)) {
		s = substr(s, RSTART)
		if (s !~ /^\{[1-4]\}/)
			return "?"
		found[substr(s, 2, 1)] = 1
		s = substr(s, 4)
	}
	for (i = 1; i <= 4; i++)
		if (i in found)
			out = out "{" i "}"
	return out
}

# As the inside of a C string literal.  A question mark is escaped because of
# trigraphs.
function quoted(s,    out, c)
{
	while (match(s, /["?]/)) {
		c = substr(s, RSTART, 1)
		out = out substr(s, 1, RSTART - 1) "\\" c
		s = substr(s, RSTART + 1)
	}
	return out s
}

function begin_file(    name)
{
	name = FILENAME
	sub(/^.*\//, "", name)
	sub(/\.txt$/, "", name)
	code = name
	if (code !~ /^[a-z][a-z0-9_]*$/)
		complain(FILENAME, 1, "the file name is no language code")
	codes[++ncodes] = code
	files[code] = FILENAME
	seen[FILENAME] = 1
}

# "@name = value", before the first message.
function attribute(key, text)
{
	if (key !~ /^(locale|name|dir|thousands|clock)$/)
		complain(FILENAME, FNR, "unknown attribute @" key)
	else if ((code, key) in attr)
		complain(FILENAME, FNR, "@" key " is there twice")
	else if (key == "dir" && text !~ /^(ltr|rtl)$/)
		complain(FILENAME, FNR, "@dir is ltr or rtl")
	else if (key == "clock" && text !~ /^(12|24)$/)
		complain(FILENAME, FNR, "@clock is 12 or 24")
	attr[code, key] = text
}

function message(key, text,    id, bare)
{
	id = key
	gsub(/\./, "_", id)
	bare = text
	gsub(/\\n/, "", bare)
	if (key !~ /^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$/)
		complain(FILENAME, FNR, "a key is small letters, digits, " \
		    "'_' and '.', not '" key "'")
	else if ((code, id) in texts)
		complain(FILENAME, FNR, "duplicate key '" key "', first at " \
		    "line " line_of[code, id])
	else if (ncodes > 1 && !(id in names))
		complain(FILENAME, FNR, "unknown key '" key "', not in " \
		    files[codes[1]])
	else if (ncodes > 1 && names[id] != key)
		complain(FILENAME, FNR, "key '" key "' is '" names[id] \
		    "' in " files[codes[1]])
	else if (text == "")
		complain(FILENAME, FNR, "key '" key "' has no text")
	else if (bare ~ /\\/)
		complain(FILENAME, FNR, "'\\' is only allowed in '\\n'")
	else if (placeholders(text) == "?")
		complain(FILENAME, FNR, "a brace that is none of {1} to {4}")
	else if (ncodes > 1 && \
	    placeholders(text) != placeholders(texts[codes[1], id]))
		complain(FILENAME, FNR, "placeholders of '" key "' are '" \
		    placeholders(text) "', in " files[codes[1]] " they are '" \
		    placeholders(texts[codes[1], id]) "'")
	if (ncodes == 1 && !(id in names)) {
		ids[++nids] = id
		names[id] = key
	}
	if (!((code, id) in texts))
		line_of[code, id] = FNR
	texts[code, id] = text
}

# Once all is read: what is not there.
function check_missing(    i, k, c, other, wanted)
{
	for (i = 1; i <= ncodes; i++) {
		c = codes[i]
		split("locale name dir thousands clock", wanted, " ")
		for (k = 1; k <= 5; k++)
			if (!((c, wanted[k]) in attr))
				complain(files[c], 1, "@" wanted[k] \
				    " is missing")
		for (k = 1; k <= nids; k++)
			if (!((c, ids[k]) in texts))
				complain(files[c], lines[c], "missing key '" \
				    names[ids[k]] "', see " files[codes[1]] \
				    ":" line_of[codes[1], ids[k]])
	}
	for (k = 1; k <= nids; k++) {
		other = ids[k]
		if (names[ids[k]] ~ /\.one$/)
			sub(/_one$/, "_other", other)
		else if (names[ids[k]] ~ /\.other$/)
			sub(/_other$/, "_one", other)
		if (!(other in names))
			complain(files[codes[1]], line_of[codes[1], ids[k]], \
			    "'" names[ids[k]] "' has no counterpart of the " \
			    "pair .one and .other")
	}
}

function emit(    i, k, c)
{
	print "/* Made by messages.awk: change www/lang instead. */"
	print "#ifndef LANGUAGE"
	print "#define LANGUAGE(code, locale, name, dir, thousands, clock)"
	print "#endif"
	print "#ifndef MESSAGE"
	print "#define MESSAGE(key, name)"
	print "#endif"
	print "#ifndef TEXT"
	print "#define TEXT(code, key, text)"
	print "#endif"
	for (i = 1; i <= ncodes; i++) {
		c = codes[i]
		print "LANGUAGE(" c ", \"" quoted(attr[c, "locale"]) "\", \"" \
		    quoted(attr[c, "name"]) "\", \"" attr[c, "dir"] \
		    "\", \"" quoted(attr[c, "thousands"]) "\", " \
		    attr[c, "clock"] ")"
	}
	for (k = 1; k <= nids; k++)
		print "MESSAGE(" ids[k] ", \"" names[ids[k]] "\")"
	for (i = 1; i <= ncodes; i++)
		for (k = 1; k <= nids; k++)
			print "TEXT(" codes[i] ", " ids[k] ", \"" \
			    quoted(texts[codes[i], ids[k]]) "\")"
	print "#undef LANGUAGE"
	print "#undef MESSAGE"
	print "#undef TEXT"
}

FNR == 1 {
	begin_file()
}

{
	lines[code] = FNR
}

/[\001-\037\177]/ {
	complain(FILENAME, FNR, "a control character")
	next
}

/^ *(#.*)?$/ {
	next
}

{
	at = index($0, "=")
	if (at == 0) {
		complain(FILENAME, FNR, "neither 'key = text' nor a comment")
		next
	}
	key = trim(substr($0, 1, at - 1))
	text = trim(substr($0, at + 1))
	if (key ~ /^@/)
		attribute(substr(key, 2), text)
	else
		message(key, text)
}

END {
	for (i = 1; i < ARGC; i++)
		if (!(ARGV[i] in seen))
			complain(ARGV[i], 1, "an empty catalogue")
	check_missing()
	if (failed)
		exit 1
	emit()
}
