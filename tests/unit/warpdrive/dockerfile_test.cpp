#include "launcher/image/dockerfile.hpp"

#include <gtest/gtest.h>

namespace warp {
namespace {

TEST(Dockerfile, DoesWhatS2iDoes) {
  EXPECT_EQ(dockerfile_text("my/builder:1", "warpdrive-site"),
            "FROM my/builder:1\n"
            "LABEL io.k8s.display-name=\"warpdrive-site\" \\\n"
            "      org.opencontainers.image.title=\"warpdrive-site\" \\\n"
            "      io.openshift.s2i.build.image=\"my/builder:1\"\n"
            "COPY --chown=1001:0 . /tmp/src\n"
            "USER 1001\n"
            "RUN WARPDRIVE_KEEP_WHEELS=0 /usr/libexec/s2i/assemble\n"
            "CMD [\"/usr/libexec/s2i/run\"]\n");
}

TEST(ImageName, IsMadeOfTheProjects) {
  EXPECT_EQ(*image_name("mysite"), "warpdrive-mysite");
  EXPECT_EQ(*image_name("My  Site (2)"), "warpdrive-my-site-2");
  EXPECT_EQ(*image_name("it's \"odd\" $HOME"), "warpdrive-it-s-odd-home");
}

TEST(ImageName, NeedsALetterOrDigit) {
  const auto name = image_name("…");
  ASSERT_FALSE(name);
  EXPECT_NE(name.error().detail.find("warpdrive image NAME"), std::string::npos);
}

TEST(ImageName, IsRefusedWhenItWouldBeMoreThanAName) {
  EXPECT_TRUE(check_image_name("builder", "host.example:5000/team/builder:v1@sha256"));
  for (const char* const name : {"", "-v", "a b", "a\nRUN id", "a$b", "a\"b"}) {
    const auto checked = check_image_name("builder", name);
    ASSERT_FALSE(checked) << name;
    EXPECT_EQ(checked.error().code, Errc::kInvalidSetting);
  }
}

}  // namespace
}  // namespace warp
