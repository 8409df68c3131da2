#include "panels/inspector.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* Rows beyond these are not shown: no widget each for a thousand pins. */
#define MAX_ROWS 400
#define STEP_MM (NUDGE_GRID / (double) NUDGE_UNITS_PER_MM)
#define MOST_MM 2000.0
#define NET_KEY "nudge-net"

struct _NudgeInspector
{
  GtkWidget parent_instance;
  GtkWidget *scrolled;
  GtkBox *content;
  GtkLabel *title;
  GtkGrid *facts;        /* names and values, made anew for each selection */
  GtkWidget *place, *turns, *lock, *styles;
  GtkSpinButton *x, *y;
  GtkDropDown *style;
  GtkLabel *list_title;
  GtkListBox *list;
  int n_facts;
  gboolean quiet;
  NudgeCircuit *listed_of;   /* whose pins the list shows, or NULL: a nudge changes none of them */
  guint listed_part;
  NudgeUnit listed_unit;
};

G_DEFINE_FINAL_TYPE (NudgeInspector, nudge_inspector, GTK_TYPE_WIDGET)

enum
{
  PLACED,
  NET_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
empty_list (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

static void
forget_list (NudgeInspector *self)
{
  empty_list (self->list);
  gtk_label_set_text (self->list_title, "");
  g_clear_pointer (&self->listed_of, nudge_circuit_unref);
}

static void
start (NudgeInspector *self, const char *title)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->facts))) != NULL)
    gtk_grid_remove (self->facts, child);
  self->n_facts = 0;
  gtk_label_set_text (self->title, title);
  gtk_widget_set_visible (self->place, FALSE);
  gtk_widget_set_visible (self->turns, FALSE);
  gtk_widget_set_visible (self->lock, FALSE);
  gtk_widget_set_visible (self->styles, FALSE);
}

static void
add_fact (NudgeInspector *self, const char *name, const char *value)
{
  GtkWidget *key = gtk_label_new (name);
  GtkWidget *text = gtk_label_new (value);

  /* A tilde is KiCad's way of saying nothing. */
  if (value == NULL || *value == '\0' || strcmp (value, "~") == 0)
    {
      g_object_unref (g_object_ref_sink (key));
      g_object_unref (g_object_ref_sink (text));
      return;
    }
  gtk_label_set_xalign (GTK_LABEL (key), 0);
  gtk_label_set_yalign (GTK_LABEL (key), 0);
  gtk_widget_add_css_class (key, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_widget_set_focusable (text, FALSE);
  gtk_label_set_width_chars (GTK_LABEL (text), 16);
  gtk_label_set_max_width_chars (GTK_LABEL (text), 20);
  gtk_grid_attach (self->facts, key, 0, self->n_facts, 1, 1);
  gtk_grid_attach (self->facts, text, 1, self->n_facts++, 1, 1);
}

static void
add_row (NudgeInspector *self, const char *name, const char *value, guint net)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *key = gtk_label_new (name);
  GtkWidget *text = gtk_label_new (value);

  gtk_label_set_xalign (GTK_LABEL (key), 0);
  gtk_widget_set_hexpand (key, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (key), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_START);
  gtk_widget_add_css_class (text, "dim-label");
  gtk_box_append (GTK_BOX (box), key);
  gtk_box_append (GTK_BOX (box), text);
  g_object_set_data (G_OBJECT (box), NET_KEY, GUINT_TO_POINTER (net));
  gtk_list_box_append (self->list, box);
}

static void
show_place (NudgeInspector *self, NudgePoint at, gboolean locked)
{
  self->quiet = TRUE;
  gtk_spin_button_set_value (self->x, at.x / (double) NUDGE_UNITS_PER_MM);
  gtk_spin_button_set_value (self->y, at.y / (double) NUDGE_UNITS_PER_MM);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->lock), locked);
  self->quiet = FALSE;
  gtk_widget_set_sensitive (self->place, !locked);
  gtk_widget_set_visible (self->place, TRUE);
  gtk_widget_set_visible (self->lock, TRUE);
}

void
nudge_inspector_show_count (NudgeInspector *self, guint n)
{
  g_autofree char *title = NULL;

  g_return_if_fail (NUDGE_IS_INSPECTOR (self));

  title = n == 0 ? g_strdup (_("Nothing selected")) : g_strdup_printf (ngettext ("%u selected", "%u selected", n), n);
  start (self, title);
  forget_list (self);
  gtk_widget_set_visible (self->turns, n > 1);
  gtk_widget_set_visible (self->lock, n > 1);
}

static void
add_pins (NudgeInspector *self, const NudgeLayout *layout, guint part, const NudgeUnit *unit)
{
  const NudgeSymbol *symbol = unit->symbol;
  guint n = 0;

  if (self->listed_of == layout->circuit && self->listed_part == part && self->listed_unit.symbol == symbol && self->listed_unit.unit == unit->unit)
    return;
  forget_list (self);
  self->listed_of = nudge_circuit_ref (layout->circuit);
  self->listed_part = part;
  self->listed_unit = *unit;
  gtk_label_set_text (self->list_title, _("Pins"));
  for (guint i = 0; i < symbol->n_pins && n < MAX_ROWS; i++)
    {
      const NudgeSymbolPin *pin = &symbol->pins[i];
      gboolean named = *pin->name != '\0' && strcmp (pin->name, "~") != 0;
      g_autofree char *name = NULL;
      guint net;

      if (!nudge_symbol_pin_in_unit (pin, unit->unit) || pin->body_style > 1)
        continue;
      net = nudge_circuit_net_of (layout->circuit, part, pin->number);
      name = named ? g_strdup_printf ("%s  %s", pin->number, pin->name) : g_strdup (pin->number);
      add_row (self, name, net != NUDGE_NONE ? layout->circuit->nets[net].name : _("not connected"), net);
      n++;
    }
}

void
nudge_inspector_show_unit (NudgeInspector *self, NudgeLayout *layout, guint part, guint unit)
{
  const NudgePart *p;
  const NudgePlacement *place;
  g_autofree char *title = NULL;
  g_autofree char *turn = NULL;

  g_return_if_fail (NUDGE_IS_INSPECTOR (self) && layout != NULL);
  g_return_if_fail (part < layout->circuit->n_parts && unit < layout->n_units);

  p = &layout->circuit->parts[part];
  place = &layout->placements[unit];
  title = layout->units[unit].symbol->n_units > 1 ? g_strdup_printf (_("%s, unit %u"), p->reference, layout->units[unit].unit) : g_strdup (p->reference);
  start (self, title);
  add_fact (self, _("Value"), p->value);
  add_fact (self, _("Symbol"), layout->units[unit].symbol->id);
  add_fact (self, _("Footprint"), p->footprint);
  add_fact (self, _("Datasheet"), p->datasheet);
  add_fact (self, _("Description"), p->description);
  for (guint i = p->first_field; i < p->first_field + p->n_fields; i++)
    add_fact (self, layout->circuit->fields[i].name, layout->circuit->fields[i].value);
  add_fact (self, _("Not fitted"), p->dnp ? _("yes") : "");
  /* Translators: here and in the next line, how a symbol is mirrored, after its angle. */
  turn = g_strdup_printf ("%u°%s", place->pose.turn * 90u,
                          place->pose.mirror == NUDGE_MIRROR_X ? _(", upside down") : place->pose.mirror == NUDGE_MIRROR_Y ? _(", left to right") : "");
  add_fact (self, _("Rotation"), turn);
  show_place (self, place->pose.at, place->locked);
  gtk_widget_set_visible (self->turns, !place->locked);
  add_pins (self, layout, part, &layout->units[unit]);
}

void
nudge_inspector_show_box (NudgeInspector *self, NudgeLayout *layout, guint block)
{
  const NudgeBlock *b;
  g_autofree char *title = NULL;
  g_autofree char *parts = NULL;

  g_return_if_fail (NUDGE_IS_INSPECTOR (self) && layout != NULL && block < layout->circuit->n_blocks);

  b = &layout->circuit->blocks[block];
  title = g_strdup_printf (_("Sheet %s"), b->label);
  parts = g_strdup_printf ("%u", b->n_parts);
  start (self, title);
  forget_list (self);
  add_fact (self, _("Circuit"), b->name);
  add_fact (self, _("Description"), b->description);
  add_fact (self, _("Parts"), parts);
  show_place (self, layout->boxes[block].at, layout->boxes[block].locked);
}

void
nudge_inspector_show_net (NudgeInspector *self, NudgeLayout *layout, guint net)
{
  const NudgeNet *n;
  g_autofree char *title = NULL;
  g_autofree char *count = NULL;

  g_return_if_fail (NUDGE_IS_INSPECTOR (self) && layout != NULL && net < layout->circuit->n_nets);

  n = &layout->circuit->nets[net];
  title = g_strdup_printf (_("Net %s"), n->name);
  count = g_strdup_printf (_("Pins (%u)"), n->n_nodes);
  start (self, title);
  forget_list (self);
  add_fact (self, _("Power"), n->is_power ? (n->power_symbol != NULL ? n->power_symbol : _("yes")) : "");
  add_fact (self, _("Declared in"), layout->circuit->blocks[n->block].path);
  gtk_widget_set_visible (self->styles, !n->is_power);
  self->quiet = TRUE;
  gtk_drop_down_set_selected (self->style, layout->net_styles[net]);
  self->quiet = FALSE;
  gtk_label_set_text (self->list_title, count);
  for (guint i = n->first_node; i < n->first_node + MIN (n->n_nodes, MAX_ROWS); i++)
    {
      const NudgeNode *node = &layout->circuit->nodes[i];
      const NudgePart *part = &layout->circuit->parts[node->part];

      add_row (self, part->reference, node->pin, net);
    }
}

const char *
nudge_inspector_get_title (NudgeInspector *self)
{
  g_return_val_if_fail (NUDGE_IS_INSPECTOR (self), NULL);

  return gtk_label_get_text (self->title);
}

char *
nudge_inspector_get_value (NudgeInspector *self, const char *name)
{
  g_return_val_if_fail (NUDGE_IS_INSPECTOR (self) && name != NULL, NULL);

  for (int i = 0; i < self->n_facts; i++)
    if (strcmp (gtk_label_get_text (GTK_LABEL (gtk_grid_get_child_at (self->facts, 0, i))), name) == 0)
      return g_strdup (gtk_label_get_text (GTK_LABEL (gtk_grid_get_child_at (self->facts, 1, i))));
  return NULL;
}

static void
on_value_changed (GtkSpinButton *spin, gpointer data)
{
  NudgeInspector *self = data;

  if (!self->quiet)
    g_signal_emit (self, signals[PLACED], 0, (int) lround (gtk_spin_button_get_value (self->x) * NUDGE_UNITS_PER_MM),
                   (int) lround (gtk_spin_button_get_value (self->y) * NUDGE_UNITS_PER_MM));
}

static void
on_lock_toggled (GtkCheckButton *button, gpointer data)
{
  NudgeInspector *self = data;

  if (!self->quiet)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.lock", NULL);
}

static void
on_style_chosen (GtkDropDown *drop_down, GParamSpec *pspec, gpointer data)
{
  static const char *const names[] = { [NUDGE_NET_AUTO] = "auto", [NUDGE_NET_WIRE] = "wire", [NUDGE_NET_LABEL] = "label" };
  NudgeInspector *self = data;
  guint selected = gtk_drop_down_get_selected (drop_down);

  if (!self->quiet && selected < G_N_ELEMENTS (names))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.net-style", "s", names[selected]);
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
  guint net = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (gtk_list_box_row_get_child (row)), NET_KEY));

  if (net != NUDGE_NONE)
    g_signal_emit (data, signals[NET_CHOSEN], 0, net);
}

static void
nudge_inspector_dispose (GObject *object)
{
  g_clear_pointer (&NUDGE_INSPECTOR (object)->listed_of, nudge_circuit_unref);
  g_clear_pointer (&NUDGE_INSPECTOR (object)->scrolled, gtk_widget_unparent);
  G_OBJECT_CLASS (nudge_inspector_parent_class)->dispose (object);
}

static void
nudge_inspector_class_init (NudgeInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = nudge_inspector_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/nudge_eda/Nudge/inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, NudgeInspector, scrolled);
  gtk_widget_class_bind_template_child (widget_class, NudgeInspector, content);
  gtk_widget_class_bind_template_child (widget_class, NudgeInspector, title);
  gtk_widget_class_bind_template_child (widget_class, NudgeInspector, facts);
  gtk_widget_class_bind_template_child (widget_class, NudgeInspector, place);
  gtk_widget_class_bind_template_child (widget_class, NudgeInspector, lock);
  gtk_widget_class_bind_template_child (widget_class, NudgeInspector, turns);
  gtk_widget_class_bind_template_child (widget_class, NudgeInspector, styles);
  gtk_widget_class_bind_template_child (widget_class, NudgeInspector, x);
  gtk_widget_class_bind_template_child (widget_class, NudgeInspector, y);
  gtk_widget_class_bind_template_child (widget_class, NudgeInspector, style);
  gtk_widget_class_bind_template_child (widget_class, NudgeInspector, list_title);
  gtk_widget_class_bind_template_child (widget_class, NudgeInspector, list);
  gtk_widget_class_bind_template_callback (widget_class, on_value_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_lock_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_style_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  signals[PLACED] = g_signal_new ("placed", NUDGE_TYPE_INSPECTOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);
  signals[NET_CHOSEN] = g_signal_new ("net-chosen", NUDGE_TYPE_INSPECTOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
nudge_inspector_init (NudgeInspector *self)
{
  self->quiet = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_spin_button_set_range (self->x, -MOST_MM, MOST_MM);
  gtk_spin_button_set_range (self->y, -MOST_MM, MOST_MM);
  gtk_spin_button_set_increments (self->x, STEP_MM, 10 * STEP_MM);
  gtk_spin_button_set_increments (self->y, STEP_MM, 10 * STEP_MM);
  self->quiet = FALSE;
  nudge_inspector_show_count (self, 0);
}
