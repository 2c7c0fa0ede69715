#include "launcher/explain/secrets.hpp"

#include <gmock/gmock.h>

namespace warp {
namespace {

using testing::ElementsAre;

TEST(NamesASecret, LooksAtTheWordsOfAName) {
  for (const char* const name : {"SECRET_KEY", "db-password", "API_TOKEN", "aws_credentials", "KEY",
                                 "DATABASE_URL", "SENTRY_DSN", "PASSWD"})
    EXPECT_TRUE(names_a_secret(name)) << name;
  for (const char* const name : {"port", "MONKEY", "keepalive", "url-alias", "LANG"})
    EXPECT_FALSE(names_a_secret(name)) << name;
}

TEST(NamesASecret, LeavesThePlacesOfSecrets) {
  EXPECT_FALSE(names_a_secret("certificate-key-file"));
  EXPECT_FALSE(names_a_secret("SECRETS_DIRECTORY"));
}

TEST(WithoutPassword, HidesItInAUrlOnly) {
  EXPECT_EQ(without_password("https://ann:wo@rd@host/a"), "https://ann:(hidden)@host/a");
  for (const char* const text : {"https://host:80/a@b", "https://ann@host/", "a:b@c", "://"})
    EXPECT_EQ(without_password(text), text);
}

TEST(WithoutPassword, HidesItInEachUrl) {
  EXPECT_EQ(without_password("redis://:one@a:1, http://b/ http://ann:two@c/, amqp://d:three@e"),
            "redis://:(hidden)@a:1, http://b/ http://ann:(hidden)@c/, amqp://d:(hidden)@e");
  EXPECT_EQ(without_password("http://a,http://ann:two@c"), "http://a,http://ann:(hidden)@c");
}

TEST(WithoutSecrets, HidesWhatIsSetForTheApplication) {
  EXPECT_THAT(without_secrets(*find_option("setenv"), {"LANG", "C", "API_KEY", "x"}),
              ElementsAre("LANG", "(hidden)", "API_KEY", "(hidden)"));
}

TEST(WithoutSecrets, HidesAPairThatIsNamedLikeOne) {
  EXPECT_THAT(without_secrets(*find_option("url-alias"), {"/token", "/a", "/b", "/c"}),
              ElementsAre("/token", "(hidden)", "/b", "/c"));
}

TEST(WithoutSecrets, HidesAnOptionThatIsNamedLikeOne) {
  const Option option{.name = "session-secret"};
  EXPECT_THAT(without_secrets(option, {"x"}), ElementsAre("(hidden)"));
}

}  // namespace
}  // namespace warp
