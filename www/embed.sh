#!/bin/sh
# Writes C for the files on the command line (www/tmpl/x.html …): their bytes
# and the table builtin[] of name below www/, bytes, size.
i=0
for f; do
	echo "static const unsigned char file_$i[] = {"
	od -An -v -tu1 "$f" | sed 's/^ *//; s/  */,/g; s/$/,/'
	echo "};"
	i=$((i + 1))
done
echo "static const struct {"
echo "	const char *name;"
echo "	const unsigned char *bytes;"
echo "	size_t n;"
echo "} builtin[] = {"
i=0
for f; do
	echo "	{ \"${f#www/}\", file_$i, sizeof(file_$i) },"
	i=$((i + 1))
done
echo "};"
