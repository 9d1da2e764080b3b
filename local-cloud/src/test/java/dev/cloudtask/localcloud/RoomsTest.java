package dev.cloudtask.localcloud;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * The rooms of local-cloud and the doors between them.
 *
 * <p>Each leaf says whom it may know; everything else of ours is closed to it. ArchUnit fails a
 * rule that finds no class to check, so none of these can hold only because a room was renamed.
 */
@AnalyzeClasses(packages = RoomsTest.HOUSE, importOptions = DoNotIncludeTests.class)
final class RoomsTest {
  static final String HOUSE = "dev.cloudtask.localcloud";

  @ArchTest
  static final ArchRule http_knows_no_other_room =
      room("http")
          .mayKnow()
          .because("it hands on what was sent; what that means is decided in other rooms");

  @ArchTest
  static final ArchRule trace_knows_no_other_room =
      room("trace").mayKnow().because("every room writes into it, so it must not lead back to any");

  @ArchTest
  static final ArchRule store_knows_no_other_room =
      room("store").mayKnow().because("it keeps bytes, whatever they mean");

  @ArchTest
  static final ArchRule digest_knows_no_other_room =
      room("digest").mayKnow().because("a hash is of bytes, whatever they mean");

  @ArchTest
  static final ArchRule files_knows_no_other_room =
      room("files").mayKnow().because("it makes and deletes files, whatever they are for");

  @ArchTest
  static final ArchRule certificate_knows_only_where_files_live =
      room("certificate")
          .mayKnow("files")
          .because("it makes a key and hands it out; what it is used for is decided elsewhere");

  @ArchTest
  static final ArchRule iam_knows_no_other_room =
      room("iam").mayKnow().because("a verdict depends on policies and the request, nothing else");

  @ArchTest
  static final ArchRule protocol_knows_only_http =
      room("protocol")
          .mayKnow("http")
          .because(
              "a protocol turns messages into operations and back, for services it never meets");

  @ArchTest
  static final ArchRule sigv4_knows_only_requests_and_callers =
      room("sigv4")
          .mayKnow("digest", "http", "iam", "protocol")
          .because("it says who signed a request, not what for");

  @ArchTest
  static final ArchRule environment_knows_only_what_it_hands_out =
      room("environment")
          .mayKnow("store", "trace")
          .because("every room gets it, so it must not lead back to any");

  @ArchTest
  static final ArchRule ports_know_only_the_words_they_are_made_of =
      room("ports")
          .mayKnow("http", "iam", "protocol", "trace")
          .because("services meet here: a port that knew one service would tie the other to it");

  @ArchTest
  static final ArchRule the_engine_knows_no_service =
      noClasses()
          .that()
          .resideInAPackage(HOUSE + ".cloudformation..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(HOUSE + ".services..")
          .because(
              "a service brings its own resource types; the engine only asks for them by name");

  @ArchTest
  static final ArchRule no_service_knows_another =
      classes()
          .that()
          .resideInAPackage(HOUSE + ".services..")
          .should(knowNoOtherService())
          .because("they meet through ports, so that each can be understood alone");

  @ArchTest
  static final ArchRule nobody_knows_the_console =
      noClasses()
          .that(resideOutsideOfPackages(HOUSE, HOUSE + ".console.."))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(HOUSE + ".console..")
          .because("it only looks on: taken away, everything else works as before");

  @ArchTest
  static final ArchRule the_front_desk_knows_no_service =
      noClasses()
          .that()
          .resideInAPackage(HOUSE + ".gateway..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(HOUSE + ".services..", HOUSE + ".cloudformation..")
          .because("a service brings its own endpoint; the front desk only routes to it");

  @ArchTest
  static final ArchRule no_room_leads_in_a_circle_to_itself =
      slices()
          .matching(HOUSE + ".(*)..")
          .should()
          .beFreeOfCycles()
          .because("rooms in a circle can only be understood all at once");

  @ArchTest
  static final ArchRule no_room_is_a_lumber_room =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..util..", "..utils..", "..common..", "..misc..", "..helper..", "..helpers..")
          .because("what has no place of its own has not been understood yet");

  @ArchTest
  static final ArchRule no_class_is_named_for_being_an_implementation =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Impl")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .because("a class is named for what it is");

  @ArchTest
  static final ArchRule every_package_is_null_marked =
      classes()
          .should(liveInANullMarkedPackage())
          .because(
              "NullAway believes what is not marked, and package-info.java is the room's tour");

  @ArchTest
  static final ArchRule time_comes_through_the_clock =
      noClasses()
          .that(resideOutsideOfPackage(HOUSE))
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(OffsetDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone")
          .because("a test that waits for a token to expire must be able to move the clock");

  @ArchTest
  static final ArchRule chance_comes_from_the_environment =
      noClasses()
          .that(resideOutsideOfPackage(HOUSE))
          .should()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .callMethod(Math.class, "random")
          .because("a test must be able to hold what is otherwise left to chance");

  @ArchTest
  static final ArchRule no_name_is_ever_looked_up =
      noClasses()
          .should()
          .callMethod(InetAddress.class, "getByName", String.class)
          .orShould()
          .callMethod(InetAddress.class, "getAllByName", String.class)
          .orShould()
          .callMethod(InetAddress.class, "getLocalHost")
          .because("the cloud works without a network: it knows loopback by its number");

  private static Room room(String name) {
    return new Room(name);
  }

  private record Room(String name) {
    ArchRule mayKnow(String... others) {
      String[] open =
          Stream.concat(Stream.of(name), Arrays.stream(others))
              .map(room -> HOUSE + "." + room + "..")
              .toArray(String[]::new);
      DescribedPredicate<JavaClass> closed =
          resideInAPackage(HOUSE + "..")
              .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(open)))
              .as("are in rooms closed to it (open: " + String.join(", ", others) + ")");
      return noClasses()
          .that()
          .resideInAPackage(HOUSE + "." + name + "..")
          .should(dependOnClassesThat(closed));
    }
  }

  private static ArchCondition<JavaClass> knowNoOtherService() {
    return new ArchCondition<>("know no other service") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
          String other = serviceOf(dependency.getTargetClass());
          if (!other.isEmpty() && !other.equals(serviceOf(type))) {
            events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
          }
        }
      }
    };
  }

  /** Returns the room of a service's class, or nothing for a class that belongs to none. */
  private static String serviceOf(JavaClass type) {
    String rooms = HOUSE + ".services.";
    String name = type.getPackageName();
    return name.startsWith(rooms) ? name.substring(rooms.length()).replaceAll("\\..*", "") : "";
  }

  private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
    return new ArchCondition<>("live in a package whose package-info.java says @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(
            new SimpleConditionEvent(
                type, marked, type.getPackageName() + " lacks @NullMarked: " + type.getName()));
      }
    };
  }
}
