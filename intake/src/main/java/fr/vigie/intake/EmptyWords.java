package fr.vigie.intake;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Texts that stand for nothing in the whole of a file ({@code NULL}, {@code N/A}, {@code -}): {@code --empty} names them, or a mapping. They
 * are compared exactly, case included, once both texts are clean.
 */
public record EmptyWords(Set<String> words) {

    public static final EmptyWords NONE = new EmptyWords(Set.of());

    public EmptyWords {
        words = words.stream()
                .map(CleanText::of)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    public EmptyWords and(Collection<String> others) {
        Set<String> all = new HashSet<>(words);
        all.addAll(others);
        return new EmptyWords(all);
    }

    /** The clean text of a value, empty when it stands for nothing. */
    String clean(String value) {
        String text = CleanText.of(value);
        return words.contains(text) ? "" : text;
    }

    /** What they add to the key of a delivery: nothing when there are none, so that a file received before they could be named stays known. */
    String key() {
        return words.isEmpty() ? "" : words.stream().sorted().collect(Collectors.joining("\n", "\n--empty\n", ""));
    }
}
