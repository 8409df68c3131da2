/* item-list.h: things with a name and a word about them, to be searched, sorted and chosen: the parts, the nets.
 *
 * The canvas cannot be read aloud thing by thing; these lists are its mirror. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define NUDGE_TYPE_ITEM_LIST (nudge_item_list_get_type ())
G_DECLARE_FINAL_TYPE (NudgeItemList, nudge_item_list, NUDGE, ITEM_LIST, GtkWidget)

/* Signals: "chosen" () when a person chose other items; "item-activated" (guint index). */

/**
 * nudge_item_list_set_titles:
 * @self: the list
 * @name: title of the column of names
 * @detail: title of the other one
 * @label: what the list holds, for assistive technology
 * @search: what its entry is for, for assistive technology
 *
 * Says what is listed.
 */
void nudge_item_list_set_titles (NudgeItemList *self, const char *name, const char *detail, const char *label, const char *search);

/* Starts to list anew: items are added, then shown at once. */
void nudge_item_list_begin (NudgeItemList *self);

/**
 * nudge_item_list_add:
 * @self: the list, between begin and end
 * @index: what the item is to its owner
 * @name: its name
 * @detail: a word about it
 * @more: (nullable): what else is searched
 *
 * Adds an item.
 */
void nudge_item_list_add (NudgeItemList *self, guint index, const char *name, const char *detail, const char *more);
void nudge_item_list_end (NudgeItemList *self);

/* Selects the items with these indices, and no others, without a signal. */
void nudge_item_list_select (NudgeItemList *self, const guint *indices, guint n_indices);
/* (transfer full) (element-type guint): the indices of what is selected. */
GArray *nudge_item_list_get_selected (NudgeItemList *self);
/* Shows only what contains all words of @text. */
void nudge_item_list_search (NudgeItemList *self, const char *text);
/* How many items are shown. */
guint nudge_item_list_count (NudgeItemList *self);
/* Index of the item shown at a place. */
guint nudge_item_list_get (NudgeItemList *self, guint position);
/* Puts the cursor into the search entry. */
void nudge_item_list_focus_search (NudgeItemList *self);

G_END_DECLS
