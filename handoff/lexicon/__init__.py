"""The words by which moods and wishes are heard, in the languages of customers."""
