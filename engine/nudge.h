/* nudge.h: the one header that a user of libnudge includes. */
#pragma once

#include "arrange/arrange.h"
#include "base/diagnostic.h"
#include "base/geometry.h"
#include "base/limits.h"
#include "base/types.h"
#include "circuit/circuit.h"
#include "circuit/references.h"
#include "drawing/drawing.h"
#include "layout/follow.h"
#include "layout/layout-file.h"
#include "layout/layout.h"
#include "layout/symbol-map.h"
#include "library/library.h"
#include "library/symbol.h"
#include "project/export.h"
#include "project/report.h"
