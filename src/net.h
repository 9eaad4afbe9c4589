/*
 * Where a visitor comes from, as little of it as will do.
 */
#ifndef NET_H
#define NET_H

#include "secret.h"

/*
 * The network of an address, as text: IPv4 cut to /24, IPv6 to /48 (an
 * IPv4-mapped address is IPv4).  Empty when s is no address.
 */
struct str net_of(struct arena *a, struct str s);

/*
 * The keyed hash of net_of that may be stored; the key changes every 30 days,
 * after which nobody can compare.  False when s is no address.
 */
bool net_digest(const struct secret *secret, struct arena *a, struct str s,
    int64_t now, unsigned char out[DIGEST_BYTES]);

#endif
