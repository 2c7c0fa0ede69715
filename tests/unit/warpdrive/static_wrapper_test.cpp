#include "launcher/deploy/static_wrapper.hpp"

#include <gmock/gmock.h>

#include "unit/launcher/fake_host.hpp"
#include "unit/launcher/temporary_directory.hpp"

namespace warp {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class StaticWrapperOf : public testing::Test {
 protected:
  StaticWrapperOf() {
    project_.directory = settings_.project_directory = "/srv/shop";
    project_.python.executable = "/env/bin/python";
    project_.application = {.target = "shop.wsgi", .callable = "application"};
    settings_.mount_point = "/";
  }

  Django& django() {
    project_.django = Django{.settings_module = "shop.settings",
                             .static_url = "/static/",
                             .static_root = folder_.path(),
                             .has_staticfiles = true};
    return *project_.django;
  }

  std::optional<StaticWrapper> wrapper() {
    const auto wrapped = wrap_for_static_files({.settings = settings_,
                                                .project = project_,
                                                .python_directory = "/share/python",
                                                .home = "/srv/shop"},
                                               host_);
    EXPECT_TRUE(wrapped) << wrapped.error().detail;
    return wrapped.value_or(std::nullopt);
  }

  FakeHost host_;
  Settings settings_;
  Project project_;
  TemporaryDirectory folder_;
};

TEST_F(StaticWrapperOf, ServesWhatDjangoHasCollected) {
  django();
  const auto wrapped = wrapper();
  ASSERT_TRUE(wrapped);
  EXPECT_EQ(wrapped->application.target + ":" + wrapped->application.callable,
            "warp_static:application");
  EXPECT_EQ(wrapped->variables.at("WARPDRIVE_STATIC_FILES"),
            R"({"application":"shop.wsgi:application","files":[["/static/",")" + folder_.path() +
                "/\"]]}");
  EXPECT_EQ(wrapped->variables.at("PYTHONPATH"), "/share/python");
  EXPECT_THAT(host_.warnings, IsEmpty());
}

TEST_F(StaticWrapperOf, LeavesTheSearchPathThatThereIs) {
  django();
  host_.variables["PYTHONPATH"] = "/srv/lib";
  EXPECT_EQ(wrapper()->variables.at("PYTHONPATH"), "/share/python:/srv/lib");
}

TEST_F(StaticWrapperOf, ServesTheFoldersThatAreNamed) {
  settings_.url_aliases = {{"/files", folder_.path()}};
  EXPECT_THAT(wrapper()->variables.at("WARPDRIVE_STATIC_FILES"),
              HasSubstr(R"([["/files",")" + folder_.path() + "\"]]"));
}

TEST_F(StaticWrapperOf, LeavesAnApplicationThatServesItsOwn) {
  EXPECT_FALSE(wrapper());
  django().has_whitenoise = true;
  EXPECT_FALSE(wrapper());
  project_.django.reset();
  project_.static_folders = {
      {.what = "Flask's static folder", .url = "/static", .folder = folder_.path()}};
  EXPECT_FALSE(wrapper());
  EXPECT_THAT(host_.commands, IsEmpty());
}

TEST_F(StaticWrapperOf, WarnsOfFilesThatAreNotCollected) {
  django().static_root.clear();
  EXPECT_FALSE(wrapper());
  EXPECT_THAT(host_.warnings,
              ElementsAre(HasSubstr("the static files at /static/ are not served: there is no "
                                    "STATIC_ROOT")));
}

TEST_F(StaticWrapperOf, WarnsWithoutWhiteNoise) {
  django();
  host_.on_run = [](const Command&) { return Finished{.status = 1}; };
  EXPECT_FALSE(wrapper());
  EXPECT_THAT(host_.warnings, ElementsAre(HasSubstr("/env/bin/python has no WhiteNoise; install")));
}

TEST_F(StaticWrapperOf, NeedsAnApplication) {
  settings_.url_aliases = {{"/files", folder_.path()}};
  project_.application.kind = ApplicationKind::kPaste;
  EXPECT_FALSE(wrapper());
}

}  // namespace
}  // namespace warp
