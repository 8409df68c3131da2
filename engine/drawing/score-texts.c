#include "drawing/score-private.h"

#include <math.h>

/* Texts on texts, symbols, wires and pins, and texts that nearly touch. Boxes count a little smaller than they are:
 * what touches only in the last tenth of a millimetre does not disturb. */

#define EDGE 1200             /* taken off each box */
#define LEAST 1500            /* width and height of a hit */
#define CORE 1000             /* taken off again before wires and pins count */
#define HIT_LENGTH 2000
#define NEAR 5000
#define NEAR_OWN 2000         /* fields of one symbol may stand closer */

typedef struct
{
  const ScoreScene *scene;
  NudgeBox *boxes;             /* of all texts, with EDGE taken off */
  guint text;
  NudgeBox core;
  gboolean hit;
} Texts;

static NudgePoint
corner (const NudgeBox *box)
{
  return (NudgePoint){ box->x0, box->y0 };
}

static gboolean
overlap (const NudgeBox *a, const NudgeBox *b)
{
  NudgePoint shared = score_shared (a, b);

  return shared.x > LEAST && shared.y > LEAST;
}

/* Labels on neighbouring pins stand in a column, and end to end on one line. */
static gboolean
labels_in_order (const NudgeLabel *a, const NudgeLabel *b)
{
  gint32 distance;

  if ((a->direction & 1) != (b->direction & 1))
    return FALSE;
  distance = a->direction & 1 ? ABS (a->at.x - b->at.x) : ABS (a->at.y - b->at.y);
  return distance >= NUDGE_MM (2.5) || distance < 100;
}

static gboolean
label_on_pin_line (const NudgeLabel *label, NudgePoint pin)
{
  return ABS (label->at.x - pin.x) < 100 || ABS (label->at.y - pin.y) < 100;
}

/* @b is the later of the two, so that a pin's text is never @a alone. */
static gboolean
too_close (const ScoreScene *scene, const ScoreText *a, const ScoreText *b)
{
  gboolean own = a->kind == SCORE_TEXT_FIELD && b->kind == SCORE_TEXT_FIELD && a->owner == b->owner;
  const NudgeLabel *labels = scene->sheet->labels;

  if (score_gap (score_shared (&a->box, &b->box)) >= (own ? NEAR_OWN : NEAR) - 100)
    return FALSE;
  if (b->kind == SCORE_TEXT_PIN)
    {
      if (a->kind == SCORE_TEXT_PIN || (a->kind == SCORE_TEXT_FIELD && a->owner == b->owner))
        return FALSE;
      return a->kind != SCORE_TEXT_LABEL || !label_on_pin_line (&labels[a->owner], SCORE_PIN (scene, b->pin)->at);
    }
  return a->kind != SCORE_TEXT_LABEL || b->kind != SCORE_TEXT_LABEL || !labels_in_order (&labels[a->owner], &labels[b->owner]);
}

static void
check_texts (guint i, guint j, gpointer data)
{
  Texts *self = data;
  const ScoreText *a = SCORE_TEXT (self->scene, i), *b = SCORE_TEXT (self->scene, j);

  /* Pin texts of one symbol are the library's matter. */
  if (a->kind == SCORE_TEXT_PIN && a->owner == b->owner)
    return;
  if (overlap (&self->boxes[i], &self->boxes[j]))
    score_offend (self->scene, NUDGE_METRIC_TEXT_TEXT, corner (&a->box), a->text, b->text);
  else if (too_close (self->scene, a, b))
    score_offend (self->scene, NUDGE_METRIC_TEXTS_TOO_CLOSE, corner (&a->box), a->text, b->text);
}

static void
pair_texts (Texts *self)
{
  guint n = self->scene->texts->len;
  g_autofree NudgeBox *grown = g_new (NudgeBox, n + 1);
  g_auto (NudgeBoxBins) bins = { 0 };

  for (guint i = 0; i < n; i++)
    grown[i] = nudge_box_grown (SCORE_TEXT (self->scene, i)->box, NEAR);
  nudge_box_bins_init (&bins, grown, n);
  nudge_box_bins_visit_pairs (&bins, check_texts, self);
}

static void
check_symbol (guint index, gpointer data)
{
  Texts *self = data;
  const ScoreText *text = SCORE_TEXT (self->scene, self->text);
  const ScoreSymbol *symbol = SCORE_SYMBOL (self->scene, index);
  NudgeBox body = score_shrunk (symbol->body, EDGE);

  if (text->kind == SCORE_TEXT_FIELD && text->owner == index)
    return;
  if (overlap (&self->boxes[self->text], &body))
    score_offend (self->scene, NUDGE_METRIC_TEXT_SYMBOL, corner (&text->box), text->text, symbol->reference);
}

static void
check_wire (guint wire, gpointer data)
{
  Texts *self = data;
  const ScoreText *text = SCORE_TEXT (self->scene, self->text);
  const NudgeWire *w = &self->scene->sheet->wires[wire];

  /* A pin's own wire runs beside its number. */
  if (text->kind == SCORE_TEXT_PIN && SCORE_PIN (self->scene, text->pin)->cluster == self->scene->wire_clusters[wire])
    return;
  self->hit |= score_inside_length (w->a, w->b, &self->core) > HIT_LENGTH;
}

static void
check_pin (guint index, gpointer data)
{
  Texts *self = data;
  const ScorePin *pin = SCORE_PIN (self->scene, index);

  if (pin->pin->hidden || pin->pin->length <= 0 || SCORE_SYMBOL (self->scene, pin->symbol)->is_power)
    return;
  self->hit |= score_inside_length (pin->at, pin->end, &self->core) > HIT_LENGTH;
}

static void
check_hits (Texts *self, const NudgeBoxBins *bins, NudgeBoxVisit visit, NudgeMetric metric)
{
  const ScoreText *text = SCORE_TEXT (self->scene, self->text);

  self->hit = FALSE;
  if (self->core.x0 >= self->core.x1 || self->core.y0 >= self->core.y1)
    return;
  nudge_box_bins_visit (bins, &self->core, visit, self);
  if (self->hit)
    score_offend (self->scene, metric, corner (&text->box), text->text, "");
}

static void
pin_lines (const ScoreScene *scene, NudgeBox *boxes)
{
  for (guint i = 0; i < scene->pins->len; i++)
    {
      const ScorePin *pin = SCORE_PIN (scene, i);

      boxes[i] = NUDGE_BOX_EMPTY;
      nudge_box_add_point (&boxes[i], pin->at.x, pin->at.y);
      nudge_box_add_point (&boxes[i], pin->end.x, pin->end.y);
    }
}

static void
check_against_marks (Texts *self)
{
  const ScoreScene *scene = self->scene;
  g_autofree NudgeBox *bodies = g_new (NudgeBox, scene->symbols->len + 1);
  g_autofree NudgeBox *pins = g_new (NudgeBox, scene->pins->len + 1);
  g_auto (NudgeBoxBins) body_bins = { 0 };
  g_auto (NudgeBoxBins) pin_bins = { 0 };

  for (guint i = 0; i < scene->symbols->len; i++)
    bodies[i] = SCORE_SYMBOL (scene, i)->body;
  pin_lines (scene, pins);
  nudge_box_bins_init (&body_bins, bodies, scene->symbols->len);
  nudge_box_bins_init (&pin_bins, pins, scene->pins->len);

  for (self->text = 0; self->text < scene->texts->len; self->text++)
    {
      self->core = nudge_box_grown (self->boxes[self->text], -CORE);
      check_hits (self, &scene->wire_bins, check_wire, NUDGE_METRIC_TEXT_WIRE);
      if (self->text >= scene->n_texts)
        continue;
      nudge_box_bins_visit (&body_bins, &self->boxes[self->text], check_symbol, self);
      check_hits (self, &pin_bins, check_pin, NUDGE_METRIC_TEXT_PIN);
    }
}

/* --- boxed notes --- */

typedef struct
{
  const ScoreScene *scene;
  const NudgeDrawnText *note;
} Note;

static void
cover_note (const Note *self, const NudgeBox *box, const char *name)
{
  if (overlap (&self->note->box, box))
    score_offend (self->scene, NUDGE_METRIC_NOTES_COVERED, corner (&self->note->box), name, "");
}

/* Notes are few, and every mark on one is a fault. */
static void
check_notes (const ScoreScene *scene)
{
  for (guint i = 0; i < scene->sheet->n_texts; i++)
    {
      Note note = { scene, &scene->sheet->texts[i] };

      /* A frame holds marks. */
      if (!note.note->boxed || note.note->text[0] == '\0')
        continue;
      for (guint s = 0; s < scene->symbols->len; s++)
        cover_note (&note, &SCORE_SYMBOL (scene, s)->full, SCORE_SYMBOL (scene, s)->reference);
      for (guint t = 0; t < scene->n_texts; t++)
        cover_note (&note, &SCORE_TEXT (scene, t)->box, SCORE_TEXT (scene, t)->text);
      for (guint b = 0; b < scene->sheet->n_boxes; b++)
        cover_note (&note, &scene->sheet->boxes[b].box, scene->sheet->boxes[b].name);
    }
}

void
score_texts (const ScoreScene *scene)
{
  Texts self = { .scene = scene, .boxes = g_new (NudgeBox, scene->texts->len + 1) };

  for (guint i = 0; i < scene->texts->len; i++)
    self.boxes[i] = score_shrunk (SCORE_TEXT (scene, i)->box, EDGE);
  scene->tally->sums[NUDGE_METRIC_TEXTS].amount += scene->n_texts - scene->sheet->n_labels;
  pair_texts (&self);
  check_against_marks (&self);
  check_notes (scene);
  g_free (self.boxes);
}
