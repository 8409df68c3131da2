#include "canvas/tile-cache.h"

#include <gdk/gdk.h>

typedef struct
{
  NudgeTileKey key;
  GskRenderNode *node;
  GList link; /* in the order of use, newest first */
  gboolean stale;
} Tile;

struct _NudgeTileCache
{
  gsize budget;
  GHashTable *tiles; /* NudgeTileKey -> Tile */
  GQueue order;
  NudgePaintSheet *sheet;
  const NudgeTheme *theme;
  gboolean textures;
  NudgeTileStats stats;
};

/* How much the desk around the paper is set off from it. */
#define DESK_SHADE 0.07

static guint
hash_key (gconstpointer data)
{
  const NudgeTileKey *key = data;

  return g_double_hash (&key->scale) * 31 + (guint) key->x * 7919 + (guint) key->y * 104729 + (guint) key->factor;
}

static gboolean
equal_keys (gconstpointer a, gconstpointer b)
{
  const NudgeTileKey *one = a, *other = b;

  return one->scale == other->scale && one->factor == other->factor && one->x == other->x && one->y == other->y;
}

static void
free_tile (gpointer data)
{
  Tile *tile = data;

  gsk_render_node_unref (tile->node);
  g_free (tile);
}

NudgeTileCache *
nudge_tile_cache_new (gsize budget)
{
  NudgeTileCache *self = g_new0 (NudgeTileCache, 1);

  self->budget = budget;
  self->tiles = g_hash_table_new_full (hash_key, equal_keys, NULL, free_tile);
  g_queue_init (&self->order);
  return self;
}

static void
drop_all (NudgeTileCache *self)
{
  /* The links live in the tiles: forget them before the tiles go. */
  g_queue_init (&self->order);
  g_hash_table_remove_all (self->tiles);
}

void
nudge_tile_cache_free (NudgeTileCache *self)
{
  g_return_if_fail (self != NULL);

  drop_all (self);
  g_hash_table_unref (self->tiles);
  g_clear_pointer (&self->sheet, nudge_paint_sheet_unref);
  g_free (self);
}

void
nudge_tile_cache_set_sheet (NudgeTileCache *self, NudgePaintSheet *sheet, const NudgeTheme *theme)
{
  g_return_if_fail (self != NULL && theme != NULL);

  drop_all (self);
  if (sheet != NULL)
    nudge_paint_sheet_ref (sheet);
  g_clear_pointer (&self->sheet, nudge_paint_sheet_unref);
  self->sheet = sheet;
  self->theme = theme;
}

static gboolean
meets_change (const NudgeTileKey *key, const GArray *changes)
{
  double size = NUDGE_TILE_PIXELS / key->scale, pixel = 2 / key->scale;
  double x0 = key->x * size - pixel, y0 = key->y * size - pixel;

  for (guint i = 0; i < changes->len; i++)
    {
      const NudgeBox *box = &g_array_index (changes, NudgeBox, i);

      if (box->x1 >= x0 && box->x0 <= x0 + size + 2 * pixel && box->y1 >= y0 && box->y0 <= y0 + size + 2 * pixel)
        return TRUE;
    }
  return FALSE;
}

void
nudge_tile_cache_update_sheet (NudgeTileCache *self, NudgePaintSheet *sheet, const GArray *changes)
{
  g_return_if_fail (self != NULL && self->sheet != NULL && sheet != NULL && changes != NULL);

  nudge_paint_sheet_ref (sheet);
  nudge_paint_sheet_unref (self->sheet);
  self->sheet = sheet;
  for (GList *l = self->order.head; l != NULL; l = l->next)
    {
      Tile *tile = l->data;

      tile->stale = tile->stale || meets_change (&tile->key, changes);
    }
}

gboolean
nudge_tile_cache_is_fresh (NudgeTileCache *self, const NudgeTileKey *key)
{
  const Tile *tile;

  g_return_val_if_fail (self != NULL && key != NULL, FALSE);

  tile = g_hash_table_lookup (self->tiles, key);
  return tile != NULL && !tile->stale;
}

void
nudge_tile_cache_set_textures (NudgeTileCache *self, gboolean textures)
{
  g_return_if_fail (self != NULL);

  if (self->textures != textures)
    drop_all (self);
  self->textures = textures;
}

GskRenderNode *
nudge_tile_cache_find (NudgeTileCache *self, const NudgeTileKey *key)
{
  Tile *tile;

  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  tile = g_hash_table_lookup (self->tiles, key);
  if (tile == NULL)
    return NULL;
  g_queue_unlink (&self->order, &tile->link);
  g_queue_push_head_link (&self->order, &tile->link);
  return tile->node;
}

static cairo_surface_t *
paint_pixels (NudgeTileCache *self, const NudgeTileKey *key)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, NUDGE_TILE_PIXELS, NUDGE_TILE_PIXELS);
  cairo_t *cr = cairo_create (surface);
  guint32 paper = self->theme->colors[NUDGE_COLOR_BACKGROUND];

  nudge_color_set (cr, nudge_color_mix (paper, self->theme->is_dark ? 0xffffffu : 0, DESK_SHADE), 1);
  cairo_paint (cr);
  cairo_translate (cr, -(double) key->x * NUDGE_TILE_PIXELS, -(double) key->y * NUDGE_TILE_PIXELS);
  cairo_scale (cr, key->scale, key->scale);
  nudge_paint_sheet_draw (self->sheet, cr, self->theme, NULL);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static GskRenderNode *
texture_node (cairo_surface_t *surface, const graphene_rect_t *bounds)
{
  int stride = cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface), (gsize) stride * NUDGE_TILE_PIXELS,
                                                         (GDestroyNotify) cairo_surface_destroy, cairo_surface_reference (surface));
  g_autoptr (GdkTexture) texture = gdk_memory_texture_new (NUDGE_TILE_PIXELS, NUDGE_TILE_PIXELS, GDK_MEMORY_DEFAULT, bytes, (gsize) stride);

  return gsk_texture_node_new (texture, bounds);
}

static GskRenderNode *
cairo_node (cairo_surface_t *surface, const graphene_rect_t *bounds)
{
  GskRenderNode *node = gsk_cairo_node_new (bounds);
  cairo_t *cr = gsk_cairo_node_get_draw_context (node);
  double size = NUDGE_TILE_PIXELS / (double) bounds->size.width;

  cairo_surface_set_device_scale (surface, size, size);
  cairo_set_source_surface (cr, surface, bounds->origin.x, bounds->origin.y);
  /* Pixels are copied as they are: no blending, no interpolation. */
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
  cairo_rectangle (cr, bounds->origin.x, bounds->origin.y, bounds->size.width, bounds->size.height);
  cairo_fill (cr);
  cairo_destroy (cr);
  return node;
}

static void
make_room (NudgeTileCache *self)
{
  while (self->order.length > 0 && (self->order.length + 1) * (gsize) NUDGE_TILE_BYTES > self->budget)
    {
      Tile *oldest = g_queue_pop_tail_link (&self->order)->data;

      g_hash_table_remove (self->tiles, &oldest->key);
      self->stats.evicted++;
    }
}

GskRenderNode *
nudge_tile_cache_paint (NudgeTileCache *self, const NudgeTileKey *key)
{
  float size;
  graphene_rect_t bounds;
  cairo_surface_t *surface;
  Tile *tile;

  g_return_val_if_fail (self != NULL && self->sheet != NULL && key != NULL, NULL);

  tile = g_hash_table_lookup (self->tiles, key);
  if (tile != NULL && !tile->stale)
    return tile->node;
  if (tile != NULL)
    {
      g_queue_unlink (&self->order, &tile->link);
      g_hash_table_remove (self->tiles, key);
    }
  size = (float) NUDGE_TILE_PIXELS / (float) key->factor;
  bounds = GRAPHENE_RECT_INIT ((float) key->x * size, (float) key->y * size, size, size);
  make_room (self);
  surface = paint_pixels (self, key);
  tile = g_new0 (Tile, 1);
  tile->key = *key;
  tile->node = self->textures ? texture_node (surface, &bounds) : cairo_node (surface, &bounds);
  tile->link.data = tile;
  g_hash_table_replace (self->tiles, &tile->key, tile);
  g_queue_push_head_link (&self->order, &tile->link);
  cairo_surface_destroy (surface);
  self->stats.painted++;
  return tile->node;
}

void
nudge_tile_cache_each (NudgeTileCache *self, double scale, int factor, NudgeTileFunc func, gpointer data)
{
  g_return_if_fail (self != NULL && func != NULL);

  for (GList *l = self->order.head; l != NULL; l = l->next)
    {
      Tile *tile = l->data;

      if (tile->key.scale == scale && tile->key.factor == factor)
        func (&tile->key, tile->node, data);
    }
}

void
nudge_tile_cache_get_stats (const NudgeTileCache *self, NudgeTileStats *stats)
{
  g_return_if_fail (self != NULL && stats != NULL);

  *stats = self->stats;
  stats->held = self->order.length;
}
