#include "mod_warp/management/status_page.hpp"

#include <gmock/gmock.h>

#include <regex>

#include "mod_warp/management/html_text.hpp"
#include "mod_warp/management/page_assets.hpp"
#include "unit/mod_warp/management/status_fixture.hpp"

namespace warp::management {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Escaped, LeavesNothingThatMeansMarkup) {
  EXPECT_EQ(as_html("<a b=\"c\" d='e'>&amp;"), "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;");
}

TEST(StatusPage, ShowsTheStateOfItsMoment) {
  const Group group;
  serve(group, "/report");
  lose_worker(group, "/lost");
  finish_slowly(group, "/slow");
  const std::string page = status_page(server_with(group));
  EXPECT_THAT(page, HasSubstr("<title>warpdrive on example.org</title>"));
  EXPECT_THAT(page, HasSubstr("2025-11-26 20:46:40"));
  EXPECT_THAT(page, HasSubstr("data-state=\"ready\">ready<"));
  EXPECT_THAT(page, HasSubstr("<td class=\"number\">4711</td>"));
  EXPECT_THAT(page, HasSubstr("<td class=\"number\">3 min 20 s</td>"));
  EXPECT_THAT(page, HasSubstr("<td class=\"path\">GET /report</td>"));
  EXPECT_THAT(page, HasSubstr("<td class=\"path\">GET /slow</td>"));
  EXPECT_THAT(page, HasSubstr("<strong>SIGSEGV</strong>"));
  EXPECT_THAT(page, HasSubstr("<code>PUT /lost</code>"));
  EXPECT_THAT(page, HasSubstr("File &quot;&lt;x&gt;&quot;"));
  EXPECT_THAT(page, Not(HasSubstr("{{")));
}

TEST(StatusPage, EscapesWhatClientsAndWorkersWrite) {
  const Group group;
  constexpr std::string_view kEvil = "/</script><img src=x onerror='y()'>&\"";
  serve(group, kEvil);
  lose_worker(group, kEvil);
  finish_slowly(group, kEvil);
  const std::string page = status_page(server_with(group));
  EXPECT_THAT(page, Not(HasSubstr("<img")));
  EXPECT_THAT(page, Not(HasSubstr("onerror='")));
  EXPECT_THAT(page, HasSubstr("&lt;img src=x onerror=&#39;y()&#39;&gt;&amp;&quot;"));
}

TEST(StatusPage, SaysSoWhenThereIsNothing) {
  EXPECT_THAT(status_page({.host = "h", .software = "s", .groups = {}}),
              HasSubstr("There is no process group."));
  const std::string page = status_page(server_with(Group()));
  EXPECT_THAT(page, HasSubstr("data-state=\"not ready\">not ready: no worker is ready<"));
  EXPECT_THAT(page, HasSubstr("There is no worker."));
  EXPECT_THAT(page, HasSubstr("All threads are idle."));
}

TEST(StatusPage, SaysWhenTheServerEnds) {
  EXPECT_THAT(status_page({.host = "h", .software = "s", .is_ending = true, .groups = {}}),
              HasSubstr("about to stop"));
}

TEST(StatusPage, HasAPolicyForItsOwnStyleAndScriptOnly) {
  const std::string policy = status_page_policy();
  static const std::regex kPolicy(
      "default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; "
      "script-src 'sha256-[A-Za-z0-9+/]{43}='; connect-src 'self'; img-src data:; "
      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  EXPECT_TRUE(std::regex_match(policy, kPolicy)) << policy;
}

TEST(StatusPage, HasItsStyleAndScriptAsTheyAreInTheirFiles) {
  const std::string page = status_page({.host = "h", .software = "s", .groups = {}});
  EXPECT_THAT(page, HasSubstr("<style>" + std::string(kPageStyle.text) + "</style>"));
  EXPECT_THAT(page, HasSubstr("<script>" + std::string(kPageScript.text) + "</script>"));
  EXPECT_EQ(kPageScript.text.find("</script"), std::string_view::npos);
}

TEST(StatusPage, HasNoHandlersOrStylesThatThePolicyForbids) {
  const Group group;
  serve(group, "/");
  const std::string page = status_page(server_with(group));
  EXPECT_FALSE(std::regex_search(page, std::regex("<[^>]* (on[a-z]+|style)=")));
  EXPECT_FALSE(std::regex_search(page, std::regex("(src|href)=\"(?!data:)")));
}

}  // namespace
}  // namespace warp::management
