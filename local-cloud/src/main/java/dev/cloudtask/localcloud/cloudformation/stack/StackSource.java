package dev.cloudtask.localcloud.cloudformation.stack;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a stack was asked to be.
 *
 * @param templateFile the template's file name, if it came from a file; for positions
 * @param parameters every parameter's value, defaults included
 * @param secrets the parameters declared NoEcho
 */
public record StackSource(
    String templateBody,
    String templateFile,
    @Nullable String description,
    Map<String, String> parameters,
    List<String> secrets,
    Map<String, String> tags,
    List<String> capabilities) {}
