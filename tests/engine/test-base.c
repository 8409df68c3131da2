/* The base module: geometry, names, identities, text widths. */
#include "base/diagnostic.h"
#include "base/file-name.h"
#include "base/limits.h"
#include "base/text-metrics.h"
#include "base/uuid.h"

#include <string.h>

static void
test_pose (void)
{
  const NudgePoint right = { 254, 0 };
  const NudgePose unturned = { .at = { 1000, 1000 } };
  const NudgePose turned = { .at = { 1000, 1000 }, .turn = 1 };
  const NudgePose turned_mirrored = { .at = { 1000, 1000 }, .turn = 1, .mirror = NUDGE_MIRROR_X };
  const NudgePose mirrored = { .at = { 1000, 1000 }, .mirror = NUDGE_MIRROR_Y };

  g_assert_cmpint (nudge_pose_point (&unturned, right).x, ==, 1254);
  /* A quarter turn counterclockwise takes right to up, and up is smaller y on a sheet. */
  g_assert_cmpint (nudge_pose_point (&turned, right).y, ==, 746);
  g_assert_cmpint (nudge_pose_point (&turned, right).x, ==, 1000);
  g_assert_cmpint (nudge_pose_point (&turned_mirrored, right).y, ==, 1254);
  g_assert_cmpint (nudge_pose_point (&mirrored, right).x, ==, 746);

  for (guint turn = 0; turn < 4; turn++)
    {
      NudgePose pose = { .turn = turn };

      g_assert_cmpuint (nudge_pose_direction (&pose, 0), ==, turn);
      g_assert_cmpuint (nudge_pose_direction (&pose, 3), ==, (turn + 3) & 3);
    }
}

static void
test_snap (void)
{
  g_assert_cmpint (nudge_snap (0, NUDGE_GRID), ==, 0);
  g_assert_cmpint (nudge_snap (6350, NUDGE_GRID), ==, 12700);
  g_assert_cmpint (nudge_snap (-6350, NUDGE_GRID), ==, -12700);
  g_assert_cmpint (nudge_snap (-6349, NUDGE_GRID), ==, 0);
}

static void
test_file_name (void)
{
  static const struct
  {
    const char *name, *safe;
  } cases[] = {
    { "USB_Port", "USB_Port" },
    { "../x", "_._x" },
    { "a/b", "a_b" },
    { "", "sheet" },
    { "...", "_" },
    { ".hidden", "_hidden" },
    { "-rf", "_rf" },
    { "CON", "_CON" },
    { "com1.x", "_com1.x" },
    { "Ende. ", "Ende" },
    { "a\nb\x7f", "a_b_" },
    { "Größe µ", "Größe µ" },
  };
  g_autoptr (GHashTable) taken = nudge_file_names_new ();
  g_autofree char *first = nudge_file_name_unique (taken, "Power");
  g_autofree char *second = nudge_file_name_unique (taken, "power");
  g_autofree char *long_name = g_strnfill (5000, 'x');
  g_autofree char *shortened = nudge_file_name_safe (long_name);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *safe = nudge_file_name_safe (cases[i].name);

      g_assert_cmpstr (safe, ==, cases[i].safe);
    }
  g_assert_cmpstr (first, ==, "Power");
  g_assert_cmpstr (second, ==, "power_2");
  g_assert_cmpuint (strlen (shortened), ==, NUDGE_MAX_FILE_NAME_BYTES);
}

static void
test_uuid (void)
{
  char a[37], b[37], c[37];

  nudge_uuid (a, "part", "/usb/R1");
  nudge_uuid (b, "part", "/usb/R1");
  nudge_uuid (c, "wire", "/usb/R1");
  g_assert_cmpstr (a, ==, b);
  g_assert_cmpstr (a, !=, c);
  g_assert_cmpuint (strlen (a), ==, 36);
  g_assert_cmpint (a[14], ==, '5');
  g_assert_true (g_uuid_string_is_valid (a));
}

static void
test_text_width (void)
{
  /* Ten digits at 20/21 each, less the 0.2 that the last one leaves. */
  g_assert_cmpint (nudge_text_width ("0123456789", 21000), ==, 200000 - 4200);
  g_assert_cmpint (nudge_text_width ("~{AB}", 12700), ==, nudge_text_width ("AB", 12700));
  g_assert_cmpint (nudge_text_width ("A{slash}B", 12700), ==, nudge_text_width ("A/B", 12700));
  g_assert_cmpint (nudge_text_width ("A{SLASH}", 12700), >, nudge_text_width ("A/", 12700));
  g_assert_cmpint (nudge_text_width ("A\nABC\nB", 12700), ==, nudge_text_width ("ABC", 12700));
  g_assert_cmpint (nudge_text_width ("", 12700), ==, 0);
  g_assert_cmpuint (nudge_text_lines ("a\nb\n"), ==, 3);
}

static void
test_diagnostic (void)
{
  g_autoptr (GPtrArray) list = nudge_diagnostics_new ();
  NudgeDiagnostic *found = nudge_diagnostics_add (list, NUDGE_CODE_UNKNOWN_PART, "net %s names %s", "A\033[2J", "R\xff");
  g_autofree char *text = NULL;

  nudge_diagnostic_set_place (found, 3, 7);
  text = nudge_diagnostic_to_string (found);
  g_assert_cmpstr (text, ==, "N0106 error: net A\\x1b[2J names R\\xff (line 3, column 7)");
  g_assert_cmpuint (nudge_diagnostics_count (list, NUDGE_SEVERITY_ERROR), ==, 1);
  g_assert_null (nudge_diagnostics_add (NULL, NUDGE_CODE_UNKNOWN_PART, "nothing"));
}

static void
test_codes (void)
{
  static const NudgeCode codes[] = {
#define NUDGE_CODE(number, name, severity, summary, hint) number,
#include "base/diagnostic-codes.def"
#undef NUDGE_CODE
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_assert_cmpuint (strlen (nudge_code_summary (codes[i])), >, 10);
      g_assert_cmpuint (strlen (nudge_code_hint (codes[i])), >, 10);
      for (guint j = 0; j < i; j++)
        g_assert_cmpuint (codes[i], !=, codes[j]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/pose", test_pose);
  g_test_add_func ("/base/snap", test_snap);
  g_test_add_func ("/base/file-name", test_file_name);
  g_test_add_func ("/base/uuid", test_uuid);
  g_test_add_func ("/base/text-width", test_text_width);
  g_test_add_func ("/base/diagnostic", test_diagnostic);
  g_test_add_func ("/base/codes", test_codes);
  return g_test_run ();
}
