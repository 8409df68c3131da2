#include "panels/sheet-tree.h"

#include "panels/sheet-pictures.h"

#include <glib/gi18n.h>

#define SHEET_KEY "nudge-sheet"

/* One row: a place in the hierarchy. */
#define NUDGE_TYPE_SHEET_ROW (nudge_sheet_row_get_type ())
G_DECLARE_FINAL_TYPE (NudgeSheetRow, nudge_sheet_row, NUDGE, SHEET_ROW, GObject)

struct _NudgeSheetRow
{
  GObject parent_instance;
  NudgeDrawing *drawing;
  guint block;
};

G_DEFINE_FINAL_TYPE (NudgeSheetRow, nudge_sheet_row, G_TYPE_OBJECT)

struct _NudgeSheetTree
{
  GtkWidget parent_instance;
  GtkWidget *scrolled;
  GtkListView *view;
  GtkSingleSelection *selection;
  NudgeSheetPictures *pictures;
  GPtrArray *shown; /* the pictures of the rows in sight */
  NudgeDrawing *drawing;
  const NudgeTheme *theme;
  gboolean quiet;
};

G_DEFINE_FINAL_TYPE (NudgeSheetTree, nudge_sheet_tree, GTK_TYPE_WIDGET)

enum
{
  SHEET_SELECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
nudge_sheet_row_finalize (GObject *object)
{
  nudge_drawing_unref (NUDGE_SHEET_ROW (object)->drawing);
  G_OBJECT_CLASS (nudge_sheet_row_parent_class)->finalize (object);
}

static void
nudge_sheet_row_class_init (NudgeSheetRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nudge_sheet_row_finalize;
}

static void
nudge_sheet_row_init (NudgeSheetRow *self)
{
}

static void
append_row (GListStore *store, NudgeDrawing *drawing, guint block)
{
  g_autoptr (NudgeSheetRow) row = g_object_new (NUDGE_TYPE_SHEET_ROW, NULL);

  row->drawing = nudge_drawing_ref (drawing);
  row->block = block;
  g_list_store_append (store, row);
}

static GListModel *
create_children (gpointer item, gpointer data)
{
  NudgeSheetRow *row = item;
  const NudgeBlock *blocks = row->drawing->layout->circuit->blocks;
  GListStore *store;

  if (blocks[row->block].first_child == NUDGE_NONE)
    return NULL;
  store = g_list_store_new (NUDGE_TYPE_SHEET_ROW);
  for (guint child = blocks[row->block].first_child; child != NUDGE_NONE; child = blocks[child].next_sibling)
    append_row (store, row->drawing, child);
  return G_LIST_MODEL (store);
}

/* Blank where there is no picture yet. */
static void
show_picture (NudgeSheetTree *self, GtkPicture *picture)
{
  guint sheet = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (picture), SHEET_KEY));

  gtk_picture_set_paintable (picture, nudge_sheet_pictures_get (self->pictures, sheet));
}

static void
on_picture_ready (NudgeSheetPictures *pictures, guint sheet, gpointer data)
{
  NudgeSheetTree *self = data;

  for (guint i = 0; i < self->shown->len; i++)
    if (GPOINTER_TO_UINT (g_object_get_data (self->shown->pdata[i], SHEET_KEY)) == sheet)
      show_picture (self, self->shown->pdata[i]);
}

static GtkWidget *
new_picture (void)
{
  GtkWidget *picture = gtk_picture_new ();

  gtk_widget_set_size_request (picture, NUDGE_SHEET_PICTURE_WIDTH, NUDGE_SHEET_PICTURE_HEIGHT);
  gtk_picture_set_can_shrink (GTK_PICTURE (picture), TRUE);
  gtk_widget_set_valign (picture, GTK_ALIGN_CENTER);
  gtk_widget_set_overflow (picture, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (picture, "sheet-picture");
  return picture;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *expander = gtk_tree_expander_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *count = gtk_label_new (NULL);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (count), 0);
  gtk_widget_add_css_class (count, "dim-label");
  gtk_widget_add_css_class (count, "caption");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (words), name);
  gtk_box_append (GTK_BOX (words), count);
  gtk_box_append (GTK_BOX (box), new_picture ());
  gtk_box_append (GTK_BOX (box), words);
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), box);
  gtk_list_item_set_child (item, expander);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  NudgeSheetTree *self = data;
  GtkTreeListRow *tree_row = gtk_list_item_get_item (item);
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (item));
  GtkWidget *picture = gtk_widget_get_first_child (gtk_tree_expander_get_child (expander));
  GtkWidget *name = gtk_widget_get_first_child (gtk_widget_get_next_sibling (picture));
  GtkWidget *count = gtk_widget_get_next_sibling (name);
  g_autoptr (NudgeSheetRow) row = gtk_tree_list_row_get_item (tree_row);
  const NudgeBlock *block = &row->drawing->layout->circuit->blocks[row->block];
  g_autofree char *parts = g_strdup_printf (ngettext ("%u part", "%u parts", block->n_parts), block->n_parts);
  guint sheet = row->drawing->block_sheets[row->block];
  const char *file = row->drawing->sheets[sheet].file;
  g_autofree char *tooltip = g_strdup_printf (ngettext ("%s, %s: %u part", "%s, %s: %u parts", block->n_parts),
                                              block->name, file, block->n_parts);

  gtk_tree_expander_set_list_row (expander, tree_row);
  gtk_label_set_text (GTK_LABEL (name), block->label);
  gtk_label_set_text (GTK_LABEL (count), parts);
  gtk_widget_set_tooltip_text (GTK_WIDGET (expander), tooltip);
  g_object_set_data (G_OBJECT (picture), SHEET_KEY, GUINT_TO_POINTER (sheet));
  g_ptr_array_add (self->shown, picture);
  show_picture (self, GTK_PICTURE (picture));
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (item));

  g_ptr_array_remove_fast (NUDGE_SHEET_TREE (data)->shown, gtk_widget_get_first_child (gtk_tree_expander_get_child (expander)));
}

static guint
selected_block (NudgeSheetTree *self)
{
  GtkTreeListRow *tree_row = gtk_single_selection_get_selected_item (self->selection);
  g_autoptr (NudgeSheetRow) row = tree_row != NULL ? gtk_tree_list_row_get_item (tree_row) : NULL;

  return row != NULL ? row->block : NUDGE_NONE;
}

static void
on_selected (GtkSingleSelection *selection, GParamSpec *pspec, gpointer data)
{
  NudgeSheetTree *self = data;
  guint block = selected_block (self);

  if (!self->quiet && block != NUDGE_NONE)
    g_signal_emit (self, signals[SHEET_SELECTED], 0, block);
}

static void
update_pictures (NudgeSheetTree *self)
{
  nudge_sheet_pictures_set_drawing (self->pictures, self->drawing, self->theme);
}

void
nudge_sheet_tree_update_drawing (NudgeSheetTree *self, NudgeDrawing *drawing)
{
  g_return_if_fail (NUDGE_IS_SHEET_TREE (self));

  if (drawing != NULL)
    nudge_drawing_ref (drawing);
  g_clear_pointer (&self->drawing, nudge_drawing_unref);
  self->drawing = drawing;
  update_pictures (self);
}

void
nudge_sheet_tree_set_theme (NudgeSheetTree *self, const NudgeTheme *theme)
{
  g_return_if_fail (NUDGE_IS_SHEET_TREE (self) && theme != NULL);

  self->theme = theme;
  update_pictures (self);
}

GdkPaintable *
nudge_sheet_tree_get_picture (NudgeSheetTree *self, guint sheet)
{
  g_return_val_if_fail (NUDGE_IS_SHEET_TREE (self), NULL);

  return nudge_sheet_pictures_get (self->pictures, sheet);
}

void
nudge_sheet_tree_set_drawing (NudgeSheetTree *self, NudgeDrawing *drawing)
{
  GListStore *roots = g_list_store_new (NUDGE_TYPE_SHEET_ROW);
  g_autoptr (GtkTreeListModel) tree = NULL;

  g_return_if_fail (NUDGE_IS_SHEET_TREE (self));

  nudge_sheet_tree_update_drawing (self, drawing);
  if (drawing != NULL)
    append_row (roots, drawing, 0);
  self->quiet = TRUE;
  tree = gtk_tree_list_model_new (G_LIST_MODEL (roots), FALSE, TRUE, create_children, NULL, NULL);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (tree));
  self->quiet = FALSE;
}

void
nudge_sheet_tree_select (NudgeSheetTree *self, guint block)
{
  GListModel *model;

  g_return_if_fail (NUDGE_IS_SHEET_TREE (self));

  model = G_LIST_MODEL (self->selection);
  self->quiet = TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkTreeListRow) tree_row = g_list_model_get_item (model, i);
      g_autoptr (NudgeSheetRow) row = gtk_tree_list_row_get_item (tree_row);

      if (row->block == block)
        {
          gtk_single_selection_set_selected (self->selection, i);
          gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", i);
          break;
        }
    }
  self->quiet = FALSE;
}

static void
nudge_sheet_tree_dispose (GObject *object)
{
  NudgeSheetTree *self = NUDGE_SHEET_TREE (object);

  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_object (&self->pictures);
  g_clear_pointer (&self->drawing, nudge_drawing_unref);
  G_OBJECT_CLASS (nudge_sheet_tree_parent_class)->dispose (object);
}

static void
nudge_sheet_tree_finalize (GObject *object)
{
  g_ptr_array_unref (NUDGE_SHEET_TREE (object)->shown);
  G_OBJECT_CLASS (nudge_sheet_tree_parent_class)->finalize (object);
}

static void
nudge_sheet_tree_class_init (NudgeSheetTreeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nudge_sheet_tree_dispose;
  G_OBJECT_CLASS (klass)->finalize = nudge_sheet_tree_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SHEET_SELECTED] = g_signal_new ("sheet-selected", NUDGE_TYPE_SHEET_TREE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
nudge_sheet_tree_init (NudgeSheetTree *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  self->theme = nudge_themes ()[0];
  self->shown = g_ptr_array_new ();
  self->pictures = nudge_sheet_pictures_new ();
  g_signal_connect_object (self->pictures, "ready", G_CALLBACK (on_picture_ready), self, 0);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  self->selection = gtk_single_selection_new (NULL);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (on_selected), self, 0);
  self->view = GTK_LIST_VIEW (gtk_list_view_new (GTK_SELECTION_MODEL (self->selection), factory));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Sheets"), -1);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), GTK_WIDGET (self->view));
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}
