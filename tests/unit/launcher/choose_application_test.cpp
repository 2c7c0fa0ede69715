#include "launcher/detect/choose_application.hpp"

#include <gmock/gmock.h>

namespace warp {
namespace {

SurveyedName wsgi(const std::string& name, std::vector<std::string> via = {}) {
  return {.name = name,
          .kind = NameKind::kWsgi,
          .what = "Flask",
          .is_usual = true,
          .via = std::move(via)};
}

SurveyedModule file(const std::string& name, unsigned tier, std::vector<SurveyedName> names) {
  return {.path = "/srv/" + name + ".py",
          .root = "/srv",
          .name = name,
          .tier = tier,
          .names = std::move(names)};
}

std::vector<std::string> chosen(const Survey& survey) {
  std::vector<std::string> texts;
  for (const Candidate& each : best_candidates(survey))
    texts.push_back(each.module->name + ":" + each.name->name);
  return texts;
}

using testing::ElementsAre;
using testing::IsEmpty;

TEST(ChooseApplication, TakesTheFileThatImportsTheOther) {
  EXPECT_THAT(chosen({.modules = {file("app", 0, {wsgi("app")}),
                                  file("main", 0, {wsgi("app", {"/srv/app.py:app"})})}}),
              ElementsAre("main:app"));
}

TEST(ChooseApplication, LeavesOutAToolThatImportsTheApplication) {
  EXPECT_THAT(chosen({.modules = {file("manage", 2, {wsgi("app", {"/srv/shop.py:app"})}),
                                  file("shop", 1, {wsgi("app")})}}),
              ElementsAre("shop:app"));
}

TEST(ChooseApplication, TakesTheTopBeforePackagesAndOtherFiles) {
  EXPECT_THAT(chosen({.modules = {file("run", 2, {wsgi("app")}), file("shop", 1, {wsgi("app")}),
                                  file("app", 0, {wsgi("app")})}}),
              ElementsAre("app:app"));
}

TEST(ChooseApplication, ListsWhatNothingDecidesBetween) {
  EXPECT_THAT(
      chosen({.modules = {file("one", 1, {wsgi("app")}), file("two", 1, {wsgi("create_app()")})}}),
      ElementsAre("one:app", "two:create_app()"));
}

TEST(ChooseApplication, LeavesOutAFileThatStartsAServer) {
  SurveyedModule starting = file("app", 0, {wsgi("app")});
  starting.server = Evidence{"a server", "app.py:3"};
  EXPECT_THAT(chosen({.modules = {starting}}), IsEmpty());
}

TEST(ChooseApplication, SurvivesFilesThatImportEachOther) {
  EXPECT_THAT(chosen({.modules = {file("one", 0, {wsgi("app", {"/srv/two.py:app"})}),
                                  file("two", 0, {wsgi("app", {"/srv/one.py:app"})})}}),
              ElementsAre("one:app", "two:app"));
}

TEST(BestNames, AreTheUsualOneOrAllOthers) {
  SurveyedName shop = wsgi("shop");
  SurveyedName blog = wsgi("blog");
  shop.is_usual = blog.is_usual = false;
  EXPECT_EQ(best_names(file("a", 0, {shop, wsgi("app")})).size(), 1U);
  EXPECT_EQ(best_names(file("a", 0, {shop, blog})).size(), 2U);
}

}  // namespace
}  // namespace warp
