#include "config.h"

#include <arpa/inet.h>

#include "net.h"

#define ROTATE_S (30 * 24 * 3600)

static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };

struct str
net_of(struct arena *a, struct str s)
{
	char text[INET6_ADDRSTRLEN + 1] = { 0 };
	unsigned char in[16];
	const unsigned char *v4 = NULL;

	if (s.n == 0 || s.n >= sizeof(text) || str_find(s, '\0', 0) < s.n)
		return STR("");
	memcpy(text, s.p, s.n);
	if (inet_pton(AF_INET, text, in) == 1)
		v4 = in;
	else if (inet_pton(AF_INET6, text, in) != 1)
		return STR("");
	else if (memcmp(in, mapped, sizeof(mapped)) == 0)
		v4 = in + sizeof(mapped);
	if (v4 != NULL)
		return arena_printf(a, "%d.%d.%d.0/24", v4[0], v4[1], v4[2]);
	memset(in + 6, 0, 10);
	inet_ntop(AF_INET6, in, text, sizeof(text));
	return arena_printf(a, "%s/48", text);
}

bool
net_digest(const struct secret *secret, struct arena *a, struct str s,
    int64_t now, unsigned char out[DIGEST_BYTES])
{
	struct str net = net_of(a, s);

	if (net.n == 0)
		return false;
	secret_digest(secret, DIGEST_NETWORK, (uint64_t)(now / ROTATE_S),
	    &net, 1, out);
	return true;
}
