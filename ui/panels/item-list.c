#include "panels/item-list.h"

#include <string.h>

#define NUDGE_TYPE_ITEM (nudge_item_get_type ())
G_DECLARE_FINAL_TYPE (NudgeItem, nudge_item, NUDGE, ITEM, GObject)

struct _NudgeItem
{
  GObject parent_instance;
  guint index;
  char *name, *detail;
  char *name_key, *detail_key; /* in whose order R2 stands before R10 */
  char *text;                  /* that is searched, folded */
};

G_DEFINE_FINAL_TYPE (NudgeItem, nudge_item, G_TYPE_OBJECT)

struct _NudgeItemList
{
  GtkWidget parent_instance;
  GtkWidget *box;
  GtkSearchEntry *entry;
  GtkColumnView *view;
  GtkColumnViewColumn *columns[2];
  GListStore *store;
  GPtrArray *adding;
  GtkCustomFilter *filter;
  GtkSelectionModel *selection;
  char **words;
  gboolean quiet;
};

G_DEFINE_FINAL_TYPE (NudgeItemList, nudge_item_list, GTK_TYPE_WIDGET)

enum
{
  CHOSEN,
  ITEM_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
nudge_item_finalize (GObject *object)
{
  NudgeItem *self = NUDGE_ITEM (object);

  g_free (self->name);
  g_free (self->detail);
  g_free (self->name_key);
  g_free (self->detail_key);
  g_free (self->text);
  G_OBJECT_CLASS (nudge_item_parent_class)->finalize (object);
}

static void
nudge_item_class_init (NudgeItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = nudge_item_finalize;
}

static void
nudge_item_init (NudgeItem *self)
{
}

static gboolean
matches (gpointer item, gpointer data)
{
  NudgeItemList *self = data;

  for (guint i = 0; self->words != NULL && self->words[i] != NULL; i++)
    if (strstr (NUDGE_ITEM (item)->text, self->words[i]) == NULL)
      return FALSE;
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b, gpointer data)
{
  return strcmp (((const NudgeItem *) a)->name_key, ((const NudgeItem *) b)->name_key);
}

static int
compare_details (gconstpointer a, gconstpointer b, gpointer data)
{
  return strcmp (((const NudgeItem *) a)->detail_key, ((const NudgeItem *) b)->detail_key);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  NudgeItem *row = gtk_list_item_get_item (item);
  const char *text = GPOINTER_TO_INT (data) == 0 ? row->name : row->detail;

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), text);
  gtk_widget_set_tooltip_text (gtk_list_item_get_child (item), text);
}

static void
add_column (NudgeItemList *self, int index, GCompareDataFunc compare)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (compare, NULL, NULL));

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), GINT_TO_POINTER (index));
  self->columns[index] = gtk_column_view_column_new (NULL, factory);
  gtk_column_view_column_set_sorter (self->columns[index], sorter);
  gtk_column_view_column_set_resizable (self->columns[index], TRUE);
  gtk_column_view_column_set_expand (self->columns[index], index == 1);
  if (index == 0)
    gtk_column_view_column_set_fixed_width (self->columns[index], 92);
  gtk_column_view_append_column (self->view, self->columns[index]);
  g_object_unref (sorter);
}

void
nudge_item_list_set_titles (NudgeItemList *self, const char *name, const char *detail, const char *label, const char *search)
{
  g_return_if_fail (NUDGE_IS_ITEM_LIST (self));

  gtk_column_view_column_set_title (self->columns[0], name);
  gtk_column_view_column_set_title (self->columns[1], detail);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, search, -1);
}

void
nudge_item_list_begin (NudgeItemList *self)
{
  g_return_if_fail (NUDGE_IS_ITEM_LIST (self));

  g_clear_pointer (&self->adding, g_ptr_array_unref);
  self->adding = g_ptr_array_new_with_free_func (g_object_unref);
}

void
nudge_item_list_add (NudgeItemList *self, guint index, const char *name, const char *detail, const char *more)
{
  NudgeItem *item;
  g_autofree char *text = NULL;

  g_return_if_fail (NUDGE_IS_ITEM_LIST (self) && self->adding != NULL && name != NULL && detail != NULL);

  item = g_object_new (NUDGE_TYPE_ITEM, NULL);
  text = g_strjoin (" ", name, detail, more, NULL);
  item->index = index;
  item->name = g_strdup (name);
  item->detail = g_strdup (detail);
  item->name_key = g_utf8_collate_key_for_filename (name, -1);
  item->detail_key = g_utf8_collate_key_for_filename (detail, -1);
  item->text = g_utf8_casefold (text, -1);
  g_ptr_array_add (self->adding, item);
}

void
nudge_item_list_end (NudgeItemList *self)
{
  g_return_if_fail (NUDGE_IS_ITEM_LIST (self) && self->adding != NULL);

  self->quiet = TRUE;
  g_list_store_splice (self->store, 0, g_list_model_get_n_items (G_LIST_MODEL (self->store)), self->adding->pdata, self->adding->len);
  self->quiet = FALSE;
  g_clear_pointer (&self->adding, g_ptr_array_unref);
}

guint
nudge_item_list_count (NudgeItemList *self)
{
  g_return_val_if_fail (NUDGE_IS_ITEM_LIST (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->selection));
}

guint
nudge_item_list_get (NudgeItemList *self, guint position)
{
  g_autoptr (NudgeItem) item = NULL;

  g_return_val_if_fail (NUDGE_IS_ITEM_LIST (self), G_MAXUINT);

  item = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  return item != NULL ? item->index : G_MAXUINT;
}

void
nudge_item_list_select (NudgeItemList *self, const guint *indices, guint n_indices)
{
  g_autoptr (GtkBitset) selected = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) mask = NULL;
  g_autoptr (GtkBitset) wanted = gtk_bitset_new_empty ();
  guint n;

  g_return_if_fail (NUDGE_IS_ITEM_LIST (self));

  n = nudge_item_list_count (self);
  for (guint i = 0; i < n_indices; i++)
    gtk_bitset_add (wanted, indices[i]);
  for (guint i = 0; i < n && n_indices > 0; i++)
    if (gtk_bitset_contains (wanted, nudge_item_list_get (self, i)))
      gtk_bitset_add (selected, i);
  mask = gtk_bitset_new_range (0, n);
  self->quiet = TRUE;
  gtk_selection_model_set_selection (self->selection, selected, mask);
  self->quiet = FALSE;
  /* The view itself has no such action before GTK 4.12: its list has. */
  if (!gtk_bitset_is_empty (selected) && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_activate_action (gtk_widget_get_last_child (GTK_WIDGET (self->view)), "list.scroll-to-item", "u", gtk_bitset_get_minimum (selected));
}

GArray *
nudge_item_list_get_selected (NudgeItemList *self)
{
  GArray *indices = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GtkBitset) selected = NULL;

  g_return_val_if_fail (NUDGE_IS_ITEM_LIST (self), indices);

  selected = gtk_selection_model_get_selection (self->selection);
  for (guint i = 0; i < gtk_bitset_get_size (selected); i++)
    {
      guint index = nudge_item_list_get (self, gtk_bitset_get_nth (selected, i));

      g_array_append_val (indices, index);
    }
  return indices;
}

void
nudge_item_list_search (NudgeItemList *self, const char *text)
{
  g_autofree char *folded = NULL;

  g_return_if_fail (NUDGE_IS_ITEM_LIST (self) && text != NULL);

  folded = g_utf8_casefold (text, -1);
  g_strfreev (self->words);
  self->words = g_strsplit (folded, " ", -1);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
}

void
nudge_item_list_focus_search (NudgeItemList *self)
{
  g_return_if_fail (NUDGE_IS_ITEM_LIST (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
on_search_changed (GtkSearchEntry *entry, gpointer data)
{
  nudge_item_list_search (data, gtk_editable_get_text (GTK_EDITABLE (entry)));
}

/* Enter in the search entry means the first hit of what stands there, which may be newer than the last search. */
static void
on_search_activated (GtkSearchEntry *entry, gpointer data)
{
  NudgeItemList *self = data;

  on_search_changed (entry, self);
  if (nudge_item_list_count (self) > 0)
    gtk_selection_model_select_item (self->selection, 0, TRUE);
}

static void
on_selection_changed (GtkSelectionModel *model, guint position, guint n, gpointer data)
{
  if (!NUDGE_ITEM_LIST (data)->quiet)
    g_signal_emit (data, signals[CHOSEN], 0);
}

static void
on_activate (GtkColumnView *view, guint position, gpointer data)
{
  g_signal_emit (data, signals[ITEM_ACTIVATED], 0, nudge_item_list_get (data, position));
}

static void
nudge_item_list_dispose (GObject *object)
{
  NudgeItemList *self = NUDGE_ITEM_LIST (object);

  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->store);
  g_clear_pointer (&self->adding, g_ptr_array_unref);
  g_clear_pointer (&self->words, g_strfreev);
  for (guint i = 0; i < G_N_ELEMENTS (self->columns); i++)
    g_clear_object (&self->columns[i]);
  G_OBJECT_CLASS (nudge_item_list_parent_class)->dispose (object);
}

static void
nudge_item_list_class_init (NudgeItemListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = nudge_item_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[CHOSEN] = g_signal_new ("chosen", NUDGE_TYPE_ITEM_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ITEM_ACTIVATED] = g_signal_new ("item-activated", NUDGE_TYPE_ITEM_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
add_view (NudgeItemList *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkFilterListModel *filtered;
  GtkSortListModel *sorted;

  self->store = g_list_store_new (NUDGE_TYPE_ITEM);
  self->filter = gtk_custom_filter_new (matches, self, NULL);
  filtered = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->store)), GTK_FILTER (self->filter));
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  add_column (self, 0, compare_names);
  add_column (self, 1, compare_details);
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (filtered), g_object_ref (gtk_column_view_get_sorter (self->view)));
  gtk_column_view_sort_by_column (self->view, self->columns[0], GTK_SORT_ASCENDING);
  self->selection = GTK_SELECTION_MODEL (gtk_multi_selection_new (G_LIST_MODEL (sorted)));
  gtk_column_view_set_model (self->view, self->selection);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  g_signal_connect (self->selection, "selection-changed", G_CALLBACK (on_selection_changed), self);
  g_signal_connect (self->view, "activate", G_CALLBACK (on_activate), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_EXTERNAL, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->view));
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (self->box), scrolled);
}

static void
nudge_item_list_init (NudgeItemList *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->entry = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->entry), "list-search");
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 6);
  g_signal_connect (self->entry, "search-changed", G_CALLBACK (on_search_changed), self);
  g_signal_connect (self->entry, "activate", G_CALLBACK (on_search_activated), self);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->entry));
  add_view (self);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}
