"""Every address that a reader may open."""

from django.urls import path, register_converter

from articles import feeds, sitemaps
from articles.converters import DateConverter, MonthConverter, NumberConverter, YearConverter
from articles.views import archive, directories, front, lists, search, shared, story
from articles.views.former import with_redirects

register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")
register_converter(DateConverter, "date")
register_converter(NumberConverter, "number")

# In every language: the first has no prefix, the others have theirs.
urlpatterns = [
    path("", front.front, name="front"),
    path("section/<slug:slug>/", lists.section, name="section"),
    path("author/", directories.author_directory, name="authors"),
    path("author/<slug:slug>/", lists.author, name="author"),
    path("tag/", directories.tag_directory, name="tags"),
    path("tag/<slug:slug>/", lists.tag, name="tag"),
    path("search/", search.search_page, name="search"),
    path("archive/", archive.archive, name="archive"),
    path("<year:year>/", archive.year, name="archive_year"),
    path("<month:month>/", archive.month, name="archive_month"),
    path("<date:date>/<slug:slug>/", story.article, name="article"),
    *(
        path(f"{prefix}{ending}", with_redirects(feeds.view(feed, feed_type)), name=f"{feed.address}{suffix}")
        for prefix, feed in [
            ("", feeds.StoryFeed),
            ("section/<slug:slug>/", feeds.SectionFeed),
            ("author/<slug:slug>/", feeds.AuthorFeed),
            ("tag/<slug:slug>/", feeds.TagFeed),
        ]
        for ending, suffix, feed_type in [("feed/", "", feeds.RssFeed), ("feed/atom/", "_atom", feeds.AtomFeed)]
    ),
]

# Once for the whole site.
site_patterns = [
    path("share/<str:token>/", shared.shared, name="shared"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-pages.xml", sitemaps.pages, name="sitemap_pages"),
    path("sitemap/<str:kind>-<number:number>.xml", sitemaps.part, name="sitemap_part"),
    path("news-sitemap.xml", sitemaps.news, name="news_sitemap"),
]
