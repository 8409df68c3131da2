/* tile-cache.h: a sheet painted once, in square pieces that GTK can show again and again.
 *
 * A piece is 256 device pixels wide and high and stands on a grid whose origin is the sheet's. The nodes stay the same
 * objects, so that GTK sees what did not change. */
#pragma once

#include "paint/paint-sheet.h"

#include <gsk/gsk.h>

G_BEGIN_DECLS

#define NUDGE_TILE_PIXELS 256
#define NUDGE_TILE_BYTES (NUDGE_TILE_PIXELS * NUDGE_TILE_PIXELS * 4)

typedef struct _NudgeTileCache NudgeTileCache;

typedef struct
{
  guint painted, evicted, held;
} NudgeTileStats;

/* What a piece shows, and how. */
typedef struct
{
  double scale; /* device pixels per unit */
  int factor;   /* device pixels per logical pixel */
  gint32 x, y;  /* on the grid */
} NudgeTileKey;

/**
 * nudge_tile_cache_new:
 * @budget: bytes of pixels that it may hold
 *
 * Returns: (transfer full): a cache without a sheet
 */
NudgeTileCache *nudge_tile_cache_new (gsize budget);
void nudge_tile_cache_free (NudgeTileCache *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NudgeTileCache, nudge_tile_cache_free)

/**
 * nudge_tile_cache_set_sheet:
 * @self: the cache
 * @sheet: (nullable): what to paint
 * @theme: its colours
 *
 * Drops everything and paints another sheet from now on.
 */
void nudge_tile_cache_set_sheet (NudgeTileCache *self, NudgePaintSheet *sheet, const NudgeTheme *theme);

/**
 * nudge_tile_cache_update_sheet:
 * @self: the cache, with a sheet
 * @sheet: another picture of the same sheet
 * @changes: (element-type NudgeBox): where the two differ
 *
 * Paints @sheet from now on. Pieces that meet no change stay; the rest is stale: shown until it is painted anew.
 */
void nudge_tile_cache_update_sheet (NudgeTileCache *self, NudgePaintSheet *sheet, const GArray *changes);

/* TRUE when the piece is painted and shows the sheet as it is. */
gboolean nudge_tile_cache_is_fresh (NudgeTileCache *self, const NudgeTileKey *key);

/**
 * nudge_tile_cache_set_textures:
 * @self: the cache
 * @textures: whether pieces are textures, which suits renderers on a GPU, or cairo nodes, which suit GTK's cairo renderer
 *
 * Drops everything when the kind changes.
 */
void nudge_tile_cache_set_textures (NudgeTileCache *self, gboolean textures);

/**
 * nudge_tile_cache_find:
 * @self: the cache
 * @key: which piece
 *
 * Returns: (transfer none) (nullable): the piece, if it is painted
 */
GskRenderNode *nudge_tile_cache_find (NudgeTileCache *self, const NudgeTileKey *key);

/**
 * nudge_tile_cache_paint:
 * @self: the cache, with a sheet
 * @key: which piece
 *
 * Paints a piece; the least recently used ones make room for it.
 *
 * Returns: (transfer none): the piece
 */
GskRenderNode *nudge_tile_cache_paint (NudgeTileCache *self, const NudgeTileKey *key);

typedef void (*NudgeTileFunc) (const NudgeTileKey *key, GskRenderNode *node, gpointer data);

/* Calls @func for every piece of that scale, in no order that matters. */
void nudge_tile_cache_each (NudgeTileCache *self, double scale, int factor, NudgeTileFunc func, gpointer data);

void nudge_tile_cache_get_stats (const NudgeTileCache *self, NudgeTileStats *stats);

G_END_DECLS
