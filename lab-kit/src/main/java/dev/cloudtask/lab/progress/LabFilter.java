package dev.cloudtask.lab.progress;

import dev.cloudtask.lab.Lab;
import java.util.Optional;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/**
 * Leaves out the labs that a run is not about. Tests that are no lab's are none of its business.
 */
public final class LabFilter implements PostDiscoveryFilter {
  private final LabScope scope;

  /** Made by JUnit. */
  public LabFilter() {
    this(LabScope.ofThisRun());
  }

  LabFilter(LabScope scope) {
    this.scope = scope;
  }

  @Override
  public FilterResult apply(TestDescriptor test) {
    Optional<Lab> lab = test.getSource().flatMap(LabFilter::lab);
    return lab.isEmpty() || scope.includes(lab.orElseThrow().number())
        ? FilterResult.included("in scope")
        : FilterResult.excluded("lab " + lab.orElseThrow().number() + " is not asked for");
  }

  /** Returns the lab that a test belongs to. */
  static Optional<Lab> lab(TestSource source) {
    Class<?> type = null;
    if (source instanceof ClassSource ofClass) {
      type = ofClass.getJavaClass();
    } else if (source instanceof MethodSource ofMethod) {
      type = ofMethod.getJavaClass();
    }
    return Optional.ofNullable(type).map(found -> found.getAnnotation(Lab.class));
  }
}
