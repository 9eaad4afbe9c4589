/* Two articles and a few comments, to look at. */
#ifndef SAMPLE_H
#define SAMPLE_H

#include "cmd.h"

enum err sample_add(struct blog *b) MUST_CHECK;

#endif
