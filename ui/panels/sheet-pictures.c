#include "panels/sheet-pictures.h"

#define SCALE 2
/* Milliseconds without a newer drawing before pictures are painted: a drag needs the processor for itself. */
#define REST_MS 150
/* Nothing is shown larger than this: a sheet of one resistor is no picture of a resistor. In 100 nm. */
#define LEAST_WIDTH (80 * NUDGE_UNITS_PER_MM)
#define MARGIN (3 * NUDGE_UNITS_PER_MM)

typedef struct
{
  GdkPaintable *pixels;
  gboolean is_old, is_wanted;
} Picture;

struct _NudgeSheetPictures
{
  GObject parent_instance;
  NudgeDrawing *drawing;
  const NudgeTheme *theme;
  GArray *pictures; /* Picture, by sheet */
  guint rest_id;
  gboolean painting;
};

G_DEFINE_FINAL_TYPE (NudgeSheetPictures, nudge_sheet_pictures, G_TYPE_OBJECT)

enum
{
  READY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What the worker gets and gives. */
typedef struct
{
  NudgeDrawing *drawing;
  guint sheet;
  const NudgeTheme *theme;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  nudge_drawing_unref (job->drawing);
  g_free (job);
}

static void
picture_clear (gpointer data)
{
  g_clear_object (&((Picture *) data)->pixels);
}

/* What of the sheet is worth seeing: its parts and sheet boxes, in the picture's proportions. Notes stand in corners. */
static NudgeBox
choose_area (const NudgePaintSheet *view)
{
  const NudgeDrawnSheet *sheet = nudge_paint_sheet_get_drawn (view);
  NudgePoint paper = nudge_paint_sheet_get_size (view);
  NudgeBox area = NUDGE_BOX_EMPTY;
  double width, height, x, y;

  for (guint i = 0; i < sheet->n_symbols; i++)
    nudge_box_add_box (&area, &sheet->symbols[i].box);
  for (guint i = 0; i < sheet->n_boxes; i++)
    {
      NudgeBox box = nudge_paint_sheet_get_box (view, &(NudgeHit){ NUDGE_HIT_BOX, i, NUDGE_NONE });

      nudge_box_add_box (&area, &box);
    }
  if (nudge_box_is_empty (&area))
    area = (NudgeBox){ 0, 0, paper.x, paper.y };
  x = ((double) area.x0 + area.x1) / 2;
  y = ((double) area.y0 + area.y1) / 2;
  width = MAX ((double) area.x1 - area.x0 + 2 * MARGIN, LEAST_WIDTH);
  height = MAX ((double) area.y1 - area.y0 + 2 * MARGIN, width * NUDGE_SHEET_PICTURE_HEIGHT / NUDGE_SHEET_PICTURE_WIDTH);
  width = MAX (width, height * NUDGE_SHEET_PICTURE_WIDTH / NUDGE_SHEET_PICTURE_HEIGHT);
  return (NudgeBox){ (gint32) (x - width / 2), (gint32) (y - height / 2), (gint32) (x + width / 2), (gint32) (y + height / 2) };
}

/* As a node of cairo's: where cairo draws the window, it converts every texture there is for every frame, seen or not. */
static GdkPaintable *
take_pixels (cairo_surface_t *surface)
{
  graphene_size_t size = GRAPHENE_SIZE_INIT ((float) cairo_image_surface_get_width (surface), (float) cairo_image_surface_get_height (surface));
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, size.width, size.height));

  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  return gtk_snapshot_free_to_paintable (snapshot, &size);
}

static void
paint (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  g_autoptr (NudgePaintSheet) view = nudge_paint_sheet_new (job->drawing, job->sheet, 0);
  NudgeBox area = choose_area (view);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, SCALE * NUDGE_SHEET_PICTURE_WIDTH, SCALE * NUDGE_SHEET_PICTURE_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  double scale = SCALE * NUDGE_SHEET_PICTURE_WIDTH / ((double) area.x1 - area.x0);

  nudge_color_set (cr, job->theme->colors[NUDGE_COLOR_BACKGROUND], 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, -area.x0, -area.y0);
  nudge_paint_sheet_draw (view, cr, job->theme, NULL);
  cairo_destroy (cr);
  g_task_return_pointer (task, surface, (GDestroyNotify) cairo_surface_destroy);
}

static void paint_next (NudgeSheetPictures *self);

static void
on_painted (GObject *source, GAsyncResult *result, gpointer data)
{
  NudgeSheetPictures *self = NUDGE_SHEET_PICTURES (source);
  const Job *job = g_task_get_task_data (G_TASK (result));
  cairo_surface_t *surface = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autoptr (GdkPaintable) pixels = take_pixels (surface);
  Picture *picture;

  cairo_surface_destroy (surface);
  self->painting = FALSE;
  /* Of another circuit: the same number is another sheet. */
  if (self->drawing == NULL || self->drawing->layout->circuit != job->drawing->layout->circuit || job->sheet >= self->pictures->len)
    {
      paint_next (self);
      return;
    }
  picture = &g_array_index (self->pictures, Picture, job->sheet);
  picture->is_old = self->theme != job->theme || self->drawing->sheets[job->sheet].store != job->drawing->sheets[job->sheet].store;
  picture->is_wanted = picture->is_old;
  g_set_object (&picture->pixels, pixels);
  g_signal_emit (self, signals[READY], 0, job->sheet);
  paint_next (self);
}

static void
paint_next (NudgeSheetPictures *self)
{
  for (guint i = 0; i < self->pictures->len && !self->painting && self->rest_id == 0; i++)
    {
      Picture *picture = &g_array_index (self->pictures, Picture, i);
      g_autoptr (GTask) task = NULL;
      Job *job;

      if (!picture->is_wanted)
        continue;
      job = g_new0 (Job, 1);
      job->drawing = nudge_drawing_ref (self->drawing);
      job->sheet = i;
      job->theme = self->theme;
      self->painting = TRUE;
      task = g_task_new (self, NULL, on_painted, NULL);
      g_task_set_priority (task, G_PRIORITY_LOW);
      g_task_set_task_data (task, job, job_free);
      g_task_run_in_thread (task, paint);
    }
}

static gboolean
on_rest (gpointer data)
{
  NudgeSheetPictures *self = data;

  self->rest_id = 0;
  paint_next (self);
  return G_SOURCE_REMOVE;
}

void
nudge_sheet_pictures_set_drawing (NudgeSheetPictures *self, NudgeDrawing *drawing, const NudgeTheme *theme)
{
  gboolean same;

  g_return_if_fail (NUDGE_IS_SHEET_PICTURES (self) && theme != NULL);

  same = drawing != NULL && self->drawing != NULL && drawing->layout->circuit == self->drawing->layout->circuit
         && drawing->n_sheets == self->pictures->len;
  if (!same)
    g_array_set_size (self->pictures, 0);
  g_array_set_size (self->pictures, drawing != NULL ? drawing->n_sheets : 0);
  for (guint i = 0; i < self->pictures->len; i++)
    {
      Picture *picture = &g_array_index (self->pictures, Picture, i);
      gboolean is_true = same && theme == self->theme && drawing->sheets[i].store == self->drawing->sheets[i].store;

      if (is_true)
        continue;
      /* Who has asked for the old one wants the new one. */
      picture->is_wanted = picture->is_wanted || picture->pixels != NULL;
      picture->is_old = TRUE;
    }
  if (drawing != NULL)
    nudge_drawing_ref (drawing);
  g_clear_pointer (&self->drawing, nudge_drawing_unref);
  self->drawing = drawing;
  self->theme = theme;
  g_clear_handle_id (&self->rest_id, g_source_remove);
  self->rest_id = g_timeout_add (REST_MS, on_rest, self);
}

GdkPaintable *
nudge_sheet_pictures_get (NudgeSheetPictures *self, guint sheet)
{
  Picture *picture;

  g_return_val_if_fail (NUDGE_IS_SHEET_PICTURES (self), NULL);

  if (sheet >= self->pictures->len)
    return NULL;
  picture = &g_array_index (self->pictures, Picture, sheet);
  picture->is_wanted = picture->is_old;
  paint_next (self);
  return picture->pixels;
}

static void
nudge_sheet_pictures_dispose (GObject *object)
{
  NudgeSheetPictures *self = NUDGE_SHEET_PICTURES (object);

  g_clear_handle_id (&self->rest_id, g_source_remove);
  g_clear_pointer (&self->drawing, nudge_drawing_unref);
  g_array_set_size (self->pictures, 0);
  G_OBJECT_CLASS (nudge_sheet_pictures_parent_class)->dispose (object);
}

static void
nudge_sheet_pictures_finalize (GObject *object)
{
  g_array_unref (NUDGE_SHEET_PICTURES (object)->pictures);
  G_OBJECT_CLASS (nudge_sheet_pictures_parent_class)->finalize (object);
}

static void
nudge_sheet_pictures_class_init (NudgeSheetPicturesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nudge_sheet_pictures_dispose;
  G_OBJECT_CLASS (klass)->finalize = nudge_sheet_pictures_finalize;
  signals[READY] = g_signal_new ("ready", NUDGE_TYPE_SHEET_PICTURES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
nudge_sheet_pictures_init (NudgeSheetPictures *self)
{
  self->pictures = g_array_new (FALSE, TRUE, sizeof (Picture));
  g_array_set_clear_func (self->pictures, picture_clear);
}

NudgeSheetPictures *
nudge_sheet_pictures_new (void)
{
  return g_object_new (NUDGE_TYPE_SHEET_PICTURES, NULL);
}
